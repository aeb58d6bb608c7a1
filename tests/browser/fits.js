/* What does not fit the width of the window: how far the page scrolls sideways, and the words that are cut in two. */
(() => {
  const root = document.documentElement
  const wrong = root.scrollWidth > root.clientWidth ? [`${root.scrollWidth - root.clientWidth} px sideways`] : []
  const seen = element => {
    const box = element.getBoundingClientRect(), { visibility } = getComputedStyle(element)
    return box.width > 2 && box.height > 2 && visibility !== "hidden" && element.checkVisibility()
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (!text.data.trim() || !seen(text.parentElement)) continue
    // Only words that stand alone: a part of an address or of a code may be cut.
    for (const word of text.data.matchAll(/(?<!\S)[\p{L}\p{M}]{4,20}(?=[.,;:!?)]?(?:\s|$))/gu)) {
      const range = document.createRange()
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top / 6)))
      if (lines.size > 1) wrong.push(word[0])
    }
  }
  return wrong
})()
