"""A simulator: it confirms everything at once and keeps nothing."""


class FakeRadius:
    simulated = True

    def apply(self, service_id: int, access: str) -> None:
        if access not in ("active", "reduced", "blocked", "disabled"):
            raise ValueError(access)
