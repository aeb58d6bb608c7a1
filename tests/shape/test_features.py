"""docs/features.md says which rows of the feature map are proved, and by which tests; bin/features writes it."""

import subprocess
import sys

from web.settings import ROOT


def test_features_are_current():
    wanted = subprocess.run(
        [sys.executable, str(ROOT / "bin/features"), "--print"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert (ROOT / "docs/features.md").read_text() == wanted.stdout, "run bin/features"
