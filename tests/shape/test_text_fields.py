"""No form takes text that nobody can see: every field of words is tidied where it is parsed."""

import pkgutil
from importlib import import_module

from wtforms import StringField, TextAreaField

import portal
import staff
from tests.models.test_invisible import UNSEEN
from web.forms import Form

# A colour and a text with its own rule are refused by their verbs; a number is looked up.
OWN_RULE = {("Whole", "brand"), ("Details", "brand"), ("Text", "body"), ("Settling", "number"), ("Tying", "number")}


def forms() -> list[type[Form]]:
    for door in (staff, portal):
        for found in pkgutil.walk_packages(door.__path__, f"{door.__name__}."):
            import_module(found.name)
    found, asked = [], [Form]
    while asked:
        form = asked.pop()
        asked += form.__subclasses__()
        found += [form] if form.__module__.split(".")[0] in ("staff", "portal") else []
    return found


def test_every_text_field_leaves_out_what_cannot_be_seen(app):
    loose, seen = [], 0
    with app.test_request_context():
        for form in forms():
            for field in form(formdata=None):
                if type(field) in (StringField, TextAreaField) and (form.__name__, field.name) not in OWN_RULE:
                    seen += 1
                    value = "".join(UNSEEN)
                    for act in field.filters:
                        value = act(value)
                    loose += [f"{form.__module__}.{form.__name__}.{field.name}"] if value else []
    assert seen > 40
    assert not loose
