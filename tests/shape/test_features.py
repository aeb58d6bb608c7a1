"""docs/features.md says what is proved by which tests, docs/rules.md what each rule says; bin/features writes both."""

import re
import subprocess
import sys

from web.settings import ROOT


def test_features_and_rules_are_current():
    """A rule that no file names any more would leave the page, a new one would come to it: neither is current."""
    checked = subprocess.run(
        [sys.executable, str(ROOT / "bin/features"), "--check"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert checked.returncode == 0, f"{checked.stderr.strip()}: run bin/features"


def test_every_rule_has_its_sentence():
    rows = re.findall(r"^\| ([A-Z]-\d+) \| *(.*?) *\| `", (ROOT / "docs/rules.md").read_text(), re.M)
    assert rows
    assert {rule: sentence for rule, sentence in rows if not 20 < len(sentence) <= 160 or sentence[-1] != "."} == {}
