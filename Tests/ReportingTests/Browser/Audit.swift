/// What keeps a reader from a page: those rules of WCAG 2.2 that a program can check.
enum Audit {
  /// JavaScript whose value is the list of faults.
  ///
  /// Text needs a contrast of 4.5 : 1 to what lies under it, at any size.
  static let faults = #"""
    (() => {
      const faults = [];
      const all = (selector) => [...document.querySelectorAll(selector)];
      const check = (selector, what, isGood) => {
        for (const element of all(selector)) {
          if (!isGood(element)) faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
        }
      };
      const hasText = (element) => element.textContent.trim() !== "";
      check("input, select, textarea", "no label", (control) =>
        control.ariaLabel || [...control.labels].some(hasText));
      check("button, a[href], summary, th[scope], caption", "no text", hasText);
      check("img", "no description", (image) => image.alt);
      check("svg:not(svg svg, [aria-hidden])", "no name", (picture) => picture.role === "img"
        && (picture.ariaLabel || picture.querySelector(":scope > title")?.textContent));
      check("[aria-hidden]", "hidden, but can be reached", (part) =>
        !part.querySelector("a, button, input, select, summary, [tabindex]"));
      check("meta[name=viewport]", "no zoom", (part) =>
        !/user-scalable|maximum-scale/.test(part.content));
      check("nav", "no name", (part) => part.ariaLabel);
      check("table", "no header cells", (table) => table.querySelector("thead th[scope=col]"));
      check("tbody tr", "no header cell", (row) => row.querySelector("th[scope=row]"));
      check("a[href^='#']", "leads nowhere", (link) =>
        document.getElementById(decodeURIComponent(link.hash.slice(1))));
      check("[tabindex]", "out of order", (element) => element.tabIndex <= 0);
      const headings = all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.tagName[1]));
      if (headings.filter((level) => level === 1).length !== 1) faults.push("not one h1");
      headings.reduce((before, level) => {
        if (level > before + 1) faults.push(`h${level} after h${before}`);
        return level;
      }, 0);
      const names = all("[id]").map((element) => element.id);
      if (new Set(names).size !== names.length) faults.push("an id is there twice");
      if (!document.documentElement.lang || !document.title) faults.push("no language, or no title");
      if (all("main").length !== 1) faults.push("not one main");

      const parse = (colour) => {
        const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
        return { rgb: [red, green, blue], alpha };
      };
      const over = ({ rgb, alpha }, under) =>
        rgb.map((value, index) => alpha * value + (1 - alpha) * under[index]);
      const ground = (element) => {
        if (!element) return [255, 255, 255];
        const colour = parse(getComputedStyle(element).backgroundColor);
        return colour.alpha === 1 ? colour.rgb : over(colour, ground(element.parentElement));
      };
      const luminance = (rgb) => {
        const [red, green, blue] = rgb.map((value) => value / 255).map((value) =>
          value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      for (const element of all("body *")) {
        const isText = [...element.childNodes].some((node) => node.nodeType === 3 && hasText(node));
        const style = getComputedStyle(element);
        if (!isText || element.closest("script, style, title")) continue;
        if (style.display === "none" || style.visibility === "hidden") continue;
        const colour = parse(element.ownerSVGElement ? style.fill : style.color);
        for (let part = element; part; part = part.parentElement) {
          colour.alpha *= Number(getComputedStyle(part).opacity);
        }
        const under = ground(element);
        const [low, high] = [luminance(over(colour, under)), luminance(under)].sort((a, b) => a - b);
        const contrast = (high + 0.05) / (low + 0.05);
        if (contrast < 4.5) {
          faults.push(`contrast ${contrast.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
        }
      }
      return faults;
    })()
    """#
}
