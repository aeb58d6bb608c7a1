/* Every text on the page that stands out too little from what is behind it (WCAG 1.4.3): [[text, ratio, wanted], ...].
   It takes the colours of the elements around a text; axe-core also looks what lies over it, which takes a hundred
   times as long, and is asked about the page of every component. */
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = css => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, [red, green, blue, alpha / 255]);
    }
    return known.get(css);
  };
  const over = (front, alpha, back) => back.map((part, at) => front[at] * alpha + part * (1 - alpha));
  const light = parts => {
    const [red, green, blue] = parts.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const styles = new Map();
  const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const backs = new Map([[null, [255, 255, 255]]]);
  const behind = element => {
    if (!backs.has(element)) {
      const [red, green, blue, alpha] = colour(style(element).backgroundColor);
      backs.set(element, over([red, green, blue], alpha, behind(element.parentElement)));
    }
    return backs.get(element);
  };
  const faded = element => element ? Number(style(element).opacity) * faded(element.parentElement) : 1;
  const isRead = element => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    if (element.closest(":disabled, [aria-disabled=true], svg, script, style, noscript, option")) return false;
    const label = element.closest("label");
    if (label?.control?.disabled) return false;
    for (let at = element; at; at = at.parentElement) if (style(at).clipPath === "inset(50%)") return false;
    return true;
  };
  const found = [];
  const look = (element, text) => {
    if (!isRead(element)) return;
    const { color, fontSize, fontWeight } = style(element), size = parseFloat(fontSize);
    if (!size) return;
    const back = behind(element), [red, green, blue, alpha] = colour(color);
    const one = light(over([red, green, blue], alpha * faded(element), back)), other = light(back);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const wanted = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < wanted - 0.01) found.push([text.trim().slice(0, 60), Math.round(ratio * 100) / 100, wanted]);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) look(texts.currentNode.parentElement, texts.currentNode.data);
  for (const field of document.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea"))
    look(field, field.value || field.name);
  return found;
}
