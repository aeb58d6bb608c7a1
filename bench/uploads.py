"""`bin/bench uploads`: 100 photos of 8 MB in a row through the door; by how much the process has grown.

The first ten warm it up: the pools of the allocator, the plugins of Pillow.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from flask.typing import ResponseReturnValue
from PIL import Image

from bench.installations import Installation, installations, quiet
from models.files import Attachment
from web.access import staff
from web.once import new_key
from web.uploads import answer, receive, takes_files

COUNT, WARM = 100, 10
MEGABYTE = 1024 * 1024
GOAL = 20 * MEGABYTE
PATH = "/bench/<int:id>/anexos"


@dataclass
class Ticket:
    """Stands for a ticket of somebody."""

    id: int
    person_id: int
    company_id: int
    __tablename__ = "ticket"


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="enlace-bench-") as folder,
        installations(Path(folder), [1], "sqlite") as [of],
    ):
        quiet()
        _put_a_door(of)
        photo = _photo()
        held, took = [], []
        for number in range(COUNT):
            began = time.perf_counter()
            _send(of, number + 1, photo)
            took.append(time.perf_counter() - began)
            held.append(_resident())
    grown = held[-1] - held[WARM]
    met = "met" if grown <= GOAL else "MISSED"
    sys.stdout.write(f"{COUNT} photos of {len(photo) / MEGABYTE:.1f} MB, {statistics.median(took):.2f} s each: ")
    sys.stdout.write(
        f"{held[-1] / MEGABYTE:.0f} MB held, {grown / MEGABYTE:+.1f} since number {WARM}; goal +20  {met}\n"
    )


def _put_a_door(of: Installation) -> None:
    @staff("people.read")
    @takes_files
    def create(id: int) -> ResponseReturnValue:
        ticket = Ticket(id, of.customer, of.company_id)
        lines = receive(lambda file, sees: Attachment.attach(ticket, file, sees))
        return answer(lines, "/", lambda: lines[0].refusal)

    of.app.add_url_rule(PATH, "bench.uploads", create, methods=["POST"])


def _send(of: Installation, id: int, photo: bytes) -> None:
    token, cookies = of.token("/clientes", of.staff)
    form = {"csrf_token": token, "idem": new_key(), "visibility": "internal", "files": (io.BytesIO(photo), "foto.jpg")}
    client = of.app.test_client(use_cookies=False)
    with client.post(f"/bench/{id}/anexos", data=form, headers={"Cookie": cookies}) as said:
        if said.status_code != 303:
            raise RuntimeError(f"{said.status_code}: {said.text[:200]}")


def _photo() -> bytes:
    """12 million points, blurred noise: as hard to pack as leaves and gravel."""
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
