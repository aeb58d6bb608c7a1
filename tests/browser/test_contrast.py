"""The measure of contrast that every page is held to, on colours whose ratio is known."""

from __future__ import annotations

from tests.browser.conftest import CONTRAST

PAGE = """
<body style="background: white; font-size: 16px">
<p style="color: #767676">just enough</p>
<p style="color: #777">a shade too light</p>
<p style="color: #949494; font-size: 24px">enough when large</p>
<p style="color: rgb(0 0 0 / .4)">a veil of black</p>
<p style="color: black; opacity: .4">faded</p>
<div style="background: #333"><p style="color: #999">on dark</p><p style="color: white">read well</p></div>
<div style="background: #000">
<div style="background: rgb(255 255 255 / .5)"><p style="color: #fff">on a veil</p></div>
</div>
<p style="color: color-mix(in srgb, black 30%, white)">mixed</p>
<p style="color: #ddd" hidden>not shown</p>
<button style="color: #ddd; background: white" disabled>disabled</button>
<input style="color: #ccc; background: white" value="typed" aria-label="field">
</body>
"""


def test_texts_that_stand_out_too_little(window):
    opened = window()
    opened.page.set_content(PAGE)
    found = {text: (ratio, wanted) for text, ratio, wanted in opened.page.evaluate(CONTRAST)}
    assert found == {
        "a shade too light": (4.48, 4.5),
        "a veil of black": (2.85, 4.5),
        "faded": (2.85, 4.5),
        "on dark": (4.43, 4.5),
        "on a veil": (3.95, 4.5),
        "mixed": (2.1, 4.5),
        "typed": (1.61, 4.5),
    }
