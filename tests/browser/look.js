// What a browser knows of a page and axe does not say: `look` has a function for each question, and each answers with a
// list of what is wrong. Sizes are in CSS pixels.
window.look = (() => {
  const DRAWN = "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, button, "
    + ".button, .chip, .quick, .choice-card, .quick-exit, .search-fold > summary";
  const MAIN = "button, select, textarea, summary, label.choice, .button, .quick-exit, .site-nav a, .help-now a, "
    + ".chip, .quick, .menu-link, .card__title a, .contact__value, .pages a, .list-bar a, .card__choose a, .ways a, "
    + "input:not([type=hidden], [type=radio], [type=checkbox])";

  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const name = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 100);
  const isHiddenFromEyes = (one) => one.closest(".visually-hidden, .skip-link:not(:focus)") !== null;

  // Colour, as WCAG reckons it.

  function parts(colour) {
    const [red, green, blue, opacity = 1] = colour.match(/[\d.]+/g).map(Number);
    return { channels: [red, green, blue], opacity };
  }

  function luminance(channels) {
    const [red, green, blue] = channels.map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  // The colour that is seen of one that lets something through.
  function over({ channels, opacity }, behind) {
    return channels.map((each, at) => each * opacity + behind[at] * (1 - opacity));
  }

  function ground(element) {
    for (let one = element; one; one = one.parentElement) {
      const { channels, opacity } = parts(getComputedStyle(one).backgroundColor);
      if (opacity === 1) return channels;
    }
    return [255, 255, 255];
  }

  // What an element is drawn by, whatever it says: of what elements it is made, of which classes, in which state.
  function shape(element) {
    const attributes = element.getAttributeNames().filter((one) => one !== "class").sort();
    return `${element.tagName}.${element.className}[${attributes}](${[...element.children].map(shape)})`;
  }

  // Words, where they are drawn.

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility() || isHiddenFromEyes(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      yield { element, boxes: [...range.getClientRects()].filter((box) => box.width && box.height) };
    }
  }

  function cuts(style) {
    return style.overflowX !== "visible" || style.overflowY !== "visible";
  }

  // What the keyboard can be put on, with what is to be asked of each while it is there.
  function focused(ask) {
    const found = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")
      .filter((one) => one.tabIndex >= 0).flatMap((one) => (one.focus(), one.matches(":focus-visible") ? ask(one)
        : [`no focus: ${name(one)}`]));
    document.activeElement.blur();
    scrollTo(0, 0);
    return found;
  }

  function isBox(style) {
    return style.borderTopStyle !== "none" || parts(style.backgroundColor).opacity > 0;
  }

  return {
    // What makes the page wider than its window.
    tooWide() {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      return [document.documentElement.scrollWidth, ...all("body *")
        .filter((one) => one.getBoundingClientRect().right > width + 1 && !isHiddenFromEyes(one)).slice(0, 3).map(name)];
    },

    // Words that are cut off, or stand outside the box that is drawn around them.
    cutOff() {
      const found = [];
      for (const { element, boxes } of texts()) {
        for (let one = element; one && one !== document.body; one = one.parentElement) {
          const style = getComputedStyle(one);
          const isInline = style.display === "inline";
          if (isInline || (!cuts(style) && !isBox(style))) continue;
          const box = one.getBoundingClientRect();
          const isOut = boxes.some((line) => line.left < box.left - 1 || line.right > box.right + 1
            || (line.top + line.bottom) / 2 > box.bottom || (line.top + line.bottom) / 2 < box.top);
          if (isOut) found.push(name(element));
          if (isOut || isBox(style)) break;
        }
      }
      return found;
    },

    // What people press most and is too small for a finger. axe asks 24 by 24 of everything.
    tooSmall(least) {
      return all(MAIN).filter((one) => !isHiddenFromEyes(one)).flatMap((one) => {
        const { height } = one.getBoundingClientRect();
        return height < least - 0.5 ? [`${height} high: ${name(one)}`] : [];
      });
    },

    // Links and buttons on a line of their own that are not as high as WCAG asks; what stands in a sentence may be lower.
    tooLow(least) {
      return all("a[href], button, summary").filter((one) => !isHiddenFromEyes(one)).flatMap((one) => {
        let line = one;
        while (getComputedStyle(line).display.startsWith("inline")) line = line.parentElement;
        const words = line.cloneNode(true);
        words.querySelectorAll("a, button, .visually-hidden").forEach((other) => other.remove());
        const { height } = one.getBoundingClientRect();
        const isInSentence = line !== one && /[\p{L}\p{N}]/u.test(words.textContent);
        return height < least - 0.1 && !isInSentence ? [`${height} high: ${name(one)}`] : [];
      });
    },

    // Controls whose edge cannot be told from what is round about.
    faint(least) {
      return all(DRAWN).filter((one) => !isHiddenFromEyes(one)).flatMap((one) => {
        const style = getComputedStyle(one);
        if (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1) return [`no edge: ${name(one)}`];
        const edge = parts(style.borderTopColor);
        const ratio = contrast(edge.channels, ground(one.parentElement));
        return edge.opacity < 1 || ratio < least ? [`${ratio.toFixed(2)}: ${name(one)}`] : [];
      });
    },

    // What moves by itself or glides, for somebody whom that makes ill.
    moving() {
      const isStill = (style) => style.animationName === "none" && style.scrollBehavior === "auto"
        && style.transitionDuration.split(",").every((one) => parseFloat(one) === 0);
      const parts = [undefined, "::before", "::after"];
      return [...document.getAnimations().map((one) => `runs: ${name(one.effect.target)}`),
        ...[document.documentElement, ...document.querySelectorAll("body, body *")]
          .filter((one) => !parts.every((part) => isStill(getComputedStyle(one, part)))).map(name)];
    },

    // What shows nobody that the keyboard is on it: without a line around it that stands out from its ground.
    unseenFocus(least) {
      return focused((one) => {
        // Of a box that finds as you type, the whole box has the line.
        const style = getComputedStyle(one.closest(".select2-selection") ?? one);
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return [`no line: ${name(one)}`];
        const behind = ground(one.parentElement);
        const ratio = contrast(over(parts(style.outlineColor), behind), behind);
        return ratio < least ? [`line ${ratio.toFixed(2)}: ${name(one)}`] : [];
      });
    },

    // What lies wholly under something else when the keyboard is on it.
    covered() {
      return focused((one) => {
        const seen = [...one.getClientRects()].some((box) => {
          const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
          const across = (box.left + box.right) / 2;
          return top < bottom && [0.1, 0.5, 0.9].some((share) => {
            const there = document.elementFromPoint(across, top + (bottom - top) * share);
            return there && (one.contains(there) || there.contains(one) || one.labels?.[0]?.contains(there));
          });
        });
        return seen ? [] : [name(one)];
      });
    },

    // Of siblings of one shape all but two.
    alike() {
      const alike = [];
      const walk = (parent) => {
        const times = {};
        for (const child of parent.children) {
          const its = shape(child);
          times[its] = (times[its] ?? 0) + 1;
          if (times[its] > 2) alike.push(child);
          else walk(child);
        }
      };
      document.querySelectorAll("body > main").forEach(walk);
      return alike;
    },

    // What is drawn like another here, and the frame, which is drawn alike on all pages of a kind.
    drawnAlike() {
      return [...document.querySelectorAll("body > :not(main)"), ...look.alike()];
    },

    // The spacing that some people need to read: WCAG 1.4.12. Said twice, it is as it was.
    space() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
        + "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = document.adoptedStyleSheets.length ? [] : [sheet];
    },
  };
})();
