/* The window by keyboard alone: Alt with a letter presses what the letter stands beside, Enter goes on to the next box, the
   focus begins where something is to be done. Without scripts the same pages work with Tab, Space and Enter. */
"use strict";

(() => {
  const WAY = "yijianshi-keys";
  const typing = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
  const seen = (element) => Boolean(element.offsetParent) && !element.disabled;
  const way = () => {
    try {
      return localStorage.getItem(WAY) || "alt";
    } catch (error) {
      return "alt";
    }
  };

  /* The letter of a key, whatever an input method makes of it. */
  const letter = (event) => (/^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key.length === 1 ? event.key.toUpperCase() : event.key);

  const keyed = () => Array.from(document.querySelectorAll("[data-key]")).filter(seen);
  const press = (element) => {
    const place = element.dataset.keyFocus && document.getElementById(element.dataset.keyFocus);
    if (place) place.focus();
    else {
      element.focus();
      element.click();
    }
  };

  /* The main button of a page: the last one that neither goes back nor does something beside. */
  const main = () => {
    const form = document.activeElement && document.activeElement.closest("form");
    const own = form && form.querySelector("button.btn:not(.btn--second):not(.btn--quiet):not([type=button])");
    if (own && seen(own)) return own;
    const scope = document.querySelector("[data-desk]") || document.getElementById("main");
    const found = Array.from(scope.querySelectorAll("a.btn, button.btn")).filter(
      (one) => seen(one) && one.tabIndex >= 0 && !one.matches(".btn--second, .btn--quiet, .btn--danger, [type=button], .side-2 *, .vh"),
    );
    return found[found.length - 1];
  };

  const panel = document.getElementById("keys");
  const list = panel && panel.querySelector("[data-keys-list]");
  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const kbd of copy.querySelectorAll("kbd")) kbd.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  };
  let before = null;
  const show = (open) => {
    if (!panel) return;
    list.textContent = "";
    for (const one of keyed()) {
      const line = document.createElement("li");
      const kbd = document.createElement("kbd");
      kbd.textContent = `Alt+${one.dataset.key}`;
      line.append(kbd, ` ${words(one)}`);
      list.append(line);
    }
    if (open) before = document.activeElement;
    panel.hidden = !open;
    if (open) panel.querySelector("[data-keys-close]").focus();
    else if (before) before.focus();
  };
  if (panel) {
    for (const button of document.querySelectorAll("[data-keys-open]")) button.addEventListener("click", () => show(true));
    panel.querySelector("[data-keys-close]").addEventListener("click", () => show(false));
    for (const choice of panel.querySelectorAll("[name=keys-way]")) {
      choice.checked = choice.value === way();
      choice.addEventListener("change", () => {
        try {
          localStorage.setItem(WAY, choice.value);
        } catch (error) {
          return;
        }
      });
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    const key = letter(event);
    const free = !typing(event.target) && !event.altKey;
    if (panel && !panel.hidden && event.key === "Escape") show(false);
    else if (event.altKey && key === "H") show(Boolean(panel && panel.hidden));
    else if (free && (event.key === "?" || event.key === "？") && way() !== "off") show(Boolean(panel && panel.hidden));
    else if (event.altKey && event.key === "Enter") {
      const button = main();
      if (!button) return;
      button.click();
    } else if (event.altKey || (free && way() === "plain" && !event.shiftKey)) {
      const found = keyed().find((one) => one.dataset.key === key);
      if (!found) return;
      press(found);
    } else return;
    event.preventDefault();
  });

  /* Enter in a box goes to the next one that is still empty; after the last it sends the form. Buttons and links keep their own. */
  const boxes = (form) =>
    Array.from(form.elements).filter((one) => one.name && one.type !== "hidden" && one.type !== "submit" && one.type !== "file" && seen(one));
  const empty = (box, form) => {
    if (box.type === "radio") return !Array.from(form.elements).some((one) => one.name === box.name && one.checked);
    return box.type === "checkbox" ? false : !box.value.trim();
  };
  const onward = (form) => {
    form.addEventListener("keydown", (event) => {
      const box = event.target;
      if (event.key !== "Enter" || event.altKey || event.ctrlKey || event.isComposing) return;
      if (!box.matches("input, select") || box.type === "submit" || box.type === "file") return;
      if (box.type === "radio" && !box.checked) box.click();
      const all = boxes(form);
      const next = all.slice(all.indexOf(box) + 1).find((one) => one.name !== box.name && empty(one, form));
      event.preventDefault();
      if (next) next.focus();
      else {
        const button = form.querySelector("button.btn:not([type=button])") || document.querySelector(`button[form="${form.id}"]`);
        if (button) form.requestSubmit(button.form === form ? button : undefined);
        else form.requestSubmit();
      }
    });
  };
  for (const form of document.querySelectorAll("[data-desk] form[method=post], form[data-enter]")) {
    if (boxes(form).length) onward(form);
  }

  /* Where to begin: what is wrong was focused already; else the place that says so, the first empty box, or the main button. */
  const begin = () => {
    const scanned = document.querySelector("form[data-scan] [name=code]");
    if (scanned) {
      scanned.focus(); // the scanner types without looking, also after a code that was refused
      return;
    }
    if (document.querySelector("[data-focus]") || location.hash) return;
    const marked = Array.from(document.querySelectorAll("[data-begin]")).find(seen);
    const form = Array.from(document.querySelectorAll("[data-desk] form[method=post], form[data-scan]")).find((one) => boxes(one).length);
    const box = form && (boxes(form).find((one) => empty(one, form)) || boxes(form).find((one) => one.type === "checkbox" && !one.checked));
    const place = marked || box || (document.querySelector("[data-desk]") && main());
    if (place) place.focus();
  };

  /* A code before the machine's own camera, where the browser reads codes by itself. */
  const camera = async (form) => {
    const button = form.querySelector("[data-camera-code]");
    const video = form.querySelector("video");
    const says = form.querySelector("[data-camera-says]");
    if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        const detector = new BarcodeDetector({ formats: ["qr_code"] });
        const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        video.hidden = false;
        await video.play();
        says.textContent = "把手机上的码对着摄像头。";
        const look = async () => {
          const [found] = await detector.detect(video);
          if (!found) {
            setTimeout(look, 250);
            return;
          }
          for (const track of stream.getTracks()) track.stop();
          form.querySelector("[name=code]").value = found.rawValue;
          form.requestSubmit();
        };
        look();
      } catch (error) {
        says.textContent = "摄像头打不开，请用扫码器，或输 8 位数字。";
      }
    });
  };
  for (const form of document.querySelectorAll("form[data-scan]")) camera(form);
  begin();
})();
