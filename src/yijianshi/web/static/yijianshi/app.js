/* What pages do more comfortably where scripts run. Everything here also works without: plain forms, links and pages.
   Each part looks for its data-attribute, on the page and in whatever htmx brings in later. */
"use strict";

(() => {
  const all = (root, selector) => {
    const found = Array.from(root.querySelectorAll(selector));
    return root.matches && root.matches(selector) ? [root, ...found] : found;
  };

  /* Once per element, so that content brought in later can be visited again. */
  const each = (root, selector, act) => {
    for (const element of all(root, selector)) {
      const mark = "ready" + selector.replace(/\W/g, "");
      if (element.dataset[mark]) continue;
      element.dataset[mark] = "1";
      act(element);
    }
  };

  /* Draft: <form data-autosave="/address"> is posted a moment after each change; [data-saved] says when. The server answers
     204, or JSON {"saved": "已保存 10:41"}. What cannot be saved now is said, and tried again with the next change. Sending
     the form itself saves everything, so whatever would still be saved is called off. */
  const autosave = (form) => {
    let waiting = 0;
    let running = false;
    let sent = false;
    let calledOff = new AbortController();
    const say = (words, failed) => {
      for (const place of document.querySelectorAll("[data-saved]")) {
        place.textContent = words;
        place.classList.toggle("unsaved", Boolean(failed));
      }
    };
    const save = async () => {
      if (running) {
        waiting = setTimeout(save, 400);
        return;
      }
      running = true;
      try {
        const values = new FormData(form);
        for (const [name, value] of Array.from(values.entries())) if (value instanceof File) values.delete(name);
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: values,
          headers: { Accept: "application/json", "X-Requested-With": "autosave" },
          credentials: "same-origin",
          signal: calledOff.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        const now = new Date();
        const clock = [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
        say(told.saved || `已保存 ${clock}，换手机也能接着填`);
        form.dispatchEvent(new Event("yijianshi:saved"));
      } catch (error) {
        if (!sent) say("暂时没存上，请先别关页面。再改一处会重新保存，按下面的按钮也会保存。", true);
        if (!sent) form.dispatchEvent(new Event("yijianshi:unsaved"));
      } finally {
        running = false;
      }
    };
    form.addEventListener("change", () => {
      clearTimeout(waiting);
      if (!sent) waiting = setTimeout(save, 600);
    });
    form.addEventListener("submit", () => {
      sent = true;
      clearTimeout(waiting);
      calledOff.abort();
    });
    window.addEventListener("pageshow", () => {
      sent = false;
      calledOff = new AbortController();
    });
  };

  /* File boxes: say what was chosen; <form data-upload> is sent at once. */
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const tell = (frame, input) => {
    const place = frame.querySelector("[data-picked]");
    const file = input.files[0];
    if (place) place.textContent = file ? `${file.name}（${size(file.size)}）` : "";
  };
  const picker = (frame) => {
    frame.addEventListener("change", (event) => {
      if (event.target.type === "file") tell(frame, event.target);
    });
  };
  const upload = (form) => {
    form.addEventListener("change", (event) => {
      if (event.target.type !== "file" || !event.target.files.length) return;
      const place = form.querySelector("[data-picked]");
      if (place) place.textContent = `正在上传 ${event.target.files[0].name}…`;
      form.requestSubmit();
    });
  };

  /* Copying an address. */
  const copy = (button) => {
    button.addEventListener("click", async () => {
      const words = button.querySelector("span") || button;
      try {
        await navigator.clipboard.writeText(button.dataset.copy || location.href);
        words.textContent = "已复制";
      } catch (error) {
        words.textContent = "没能复制，请长按地址复制";
      }
    });
  };

  const print = (button) => button.addEventListener("click", () => window.print());

  /* A question before what cannot be undone: data-dialog names a <dialog> of this page; without it the link or form goes its way. */
  const opener = (button) => {
    const dialog = document.getElementById(button.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  };
  const closer = (link) => {
    const dialog = link.closest("dialog");
    if (!dialog) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  };

  /* Several cases at once: how many are ticked; the button waits until one is. */
  const batch = (form) => {
    const ticks = () => Array.from(form.querySelectorAll("td.c-tick input"));
    const whole = form.querySelector("[data-batch-all]");
    const show = () => {
      const ticked = ticks().filter((tick) => tick.checked).length;
      form.querySelector("[data-batch-count]").textContent = ticked ? `已选 ${ticked} 件` : "勾选后一起办";
      for (const go of form.querySelectorAll("[data-batch-go]")) go.disabled = ticked === 0;
      if (whole) {
        whole.checked = ticked > 0 && ticked === ticks().length;
        whole.indeterminate = ticked > 0 && !whole.checked;
      }
      form.querySelector("[data-batch-clear]").hidden = ticked === 0;
      for (const tick of ticks()) tick.closest("tr").classList.toggle("sel", tick.checked);
    };
    form.addEventListener("change", (event) => {
      if (event.target === whole) for (const tick of ticks()) tick.checked = whole.checked;
      show();
    });
    form.querySelector("[data-batch-clear]").addEventListener("click", () => {
      for (const tick of ticks()) tick.checked = false;
      show();
    });
    show();
  };

  /* A saved text goes into its field at once; the list says which: field|text. */
  const insertion = (frame) => {
    frame.querySelector("button").addEventListener("click", (event) => {
      const chosen = frame.querySelector("select").value;
      const at = chosen.indexOf("|");
      const field = at > 0 ? frame.closest("form").elements.namedItem(chosen.slice(0, at)) : null;
      event.preventDefault();
      if (!field) return;
      field.value = [field.value.trimEnd(), chosen.slice(at + 1)].filter(Boolean).join("\n");
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  };

  /* J and K walk through a list, X ticks; Enter opens, as on any link. Silent while somebody types. */
  const keys = (table) => {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
      const links = Array.from(table.querySelectorAll("a.main"));
      const row = document.activeElement.closest && document.activeElement.closest("tr");
      const at = links.findIndex((link) => row && row.contains(link));
      const key = event.key.toLowerCase();
      if (key === "j" && links[at + 1]) links[at + 1].focus();
      else if (key === "k" && at > 0) links[at - 1].focus();
      else if (key === "x" && row && row.querySelector(".c-tick input")) row.querySelector(".c-tick input").click();
    });
  };

  /* Rows of a table question: added and removed in place. Numbers in names may have gaps; the server reads them in order. */
  const rows = (list) => {
    const frame = list.parentElement;
    const add = frame.querySelector(`[data-row-add="${list.dataset.rows}"]`);
    const count = frame.querySelector("[data-rows-count]");
    let next = list.children.length;
    const recount = () => {
      Array.from(list.children).forEach((row, n) => {
        row.querySelector("[data-row-n]").textContent = `第 ${n + 1} 行`;
      });
      count.value = list.children.length;
    };
    const empty = (row) => {
      for (const box of row.querySelectorAll("input, select, textarea")) {
        if (box.type === "radio" || box.type === "checkbox") box.checked = false;
        else box.value = "";
      }
    };
    const changed = () => list.dispatchEvent(new Event("change", { bubbles: true }));
    add.addEventListener("click", (event) => {
      event.preventDefault();
      const last = list.lastElementChild;
      const row = last.cloneNode(true);
      const old = (row.querySelector("[data-row-drop]").value.match(/\d+$/) || ["0"])[0];
      const stem = list.dataset.rows;
      for (const element of row.querySelectorAll("[name], [id], [for], [data-row-drop]")) {
        for (const [attribute, joint] of [["name", "."], ["id", "-"], ["for", "-"]]) {
          const value = element.getAttribute(attribute);
          if (value) element.setAttribute(attribute, value.replace(`${joint}${old}${joint}`, `${joint}${next}${joint}`));
        }
        if ("rowDrop" in element.dataset) element.value = `drop:${stem}:${next}`;
      }
      next += 1;
      empty(row);
      list.append(row);
      recount();
      row.querySelector("input, select, textarea").focus();
    });
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-row-drop]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("li");
      if (list.children.length > 1) row.remove();
      else empty(row);
      recount();
      changed();
      add.focus();
    });
  };

  /* What was typed while there was no connection stays in this browser, for this reader alone, until he says that it is to be
     sent. Nothing is kept at a machine for everybody, for a visitor, or after signing out. */
  const frame = document.documentElement;
  const who = frame.dataset.who || "";
  const atKiosk = frame.classList.contains("kiosk");
  const PREFIX = "typed:";
  const kept = {
    keys: () => {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      } catch (error) {
        return [];
      }
    },
    read: (key) => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch (error) {
        return null;
      }
    },
    write: (key, value) => {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch (error) {
        return false;
      }
    },
    drop: (key) => {
      try {
        localStorage.removeItem(key);
      } catch (error) {
        return;
      }
    },
  };
  const forgetTyping = (wanted) => kept.keys().filter(wanted).forEach(kept.drop);
  const typedIn = (form) =>
    Array.from(new FormData(form).entries()).filter(
      ([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && !form.querySelector(`[name="${CSS.escape(name)}"][type=password]`),
    );
  const putBack = (form, entries) => {
    const wanted = new Map();
    for (const [name, value] of entries) wanted.set(name, [...(wanted.get(name) || []), value]);
    for (const box of form.querySelectorAll("input, select, textarea")) {
      if (!wanted.has(box.name) || ["hidden", "file", "password"].includes(box.type)) continue;
      const values = wanted.get(box.name);
      if (box.type === "radio" || box.type === "checkbox") box.checked = values.includes(box.value);
      else box.value = values[0];
    }
  };
  const keepTyping = (form) => {
    if (!who || atKiosk) return;
    const key = `${PREFIX}${who}:${location.pathname}${location.search}`;
    const keep = (sent) => kept.write(key, { entries: typedIn(form), sent });
    const before = kept.read(key);
    if (before && before.sent) kept.drop(key);
    else if (before) offer(form, key, before.entries);
    form.addEventListener("yijianshi:unsaved", () => keep(false));
    form.addEventListener("yijianshi:saved", () => kept.drop(key));
    form.addEventListener("input", () => {
      if (!navigator.onLine) keep(false);
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) {
        keep(true);
        return;
      }
      event.preventDefault();
      const words = keep(false) ? "现在没有网。您填的先存在这台设备里，连上网以后再按一次。" : "现在没有网，请先别关页面，连上网以后再按一次。";
      for (const place of document.querySelectorAll("[data-saved]")) place.textContent = words;
    });
  };
  const offer = (form, key, entries) => {
    const box = document.createElement("div");
    const words = document.createElement("p");
    const yes = document.createElement("button");
    const no = document.createElement("button");
    box.className = "notice notice--todo kept-typing";
    box.setAttribute("role", "status");
    words.textContent = "没有网的时候您填的，还在这台设备里。要补上吗？";
    yes.className = "btn btn--s";
    yes.textContent = "补上";
    no.className = "btn btn--second btn--s";
    no.textContent = "不要了";
    yes.type = no.type = "button";
    yes.addEventListener("click", () => {
      putBack(form, entries);
      box.remove();
      form.dispatchEvent(new Event("change", { bubbles: true }));
    });
    no.addEventListener("click", () => {
      kept.drop(key);
      box.remove();
    });
    box.append(words, yes, no);
    form.before(box);
  };
  /* The page without a connection stands where the sent form should have arrived: it was not sent after all. */
  const notSent = () => {
    for (const key of kept.keys()) {
      const found = kept.read(key);
      if (found && found.sent) kept.write(key, { ...found, sent: false });
    }
  };
  const again = (link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });

  /* Reading a page aloud, where the browser can. */
  const readAloud = (place) => {
    if (!("speechSynthesis" in window) || !("SpeechSynthesisUtterance" in window)) return;
    const button = place.querySelector("button");
    const words = button.querySelector("span");
    const silent = words.textContent;
    const stop = () => {
      speechSynthesis.cancel();
      words.textContent = silent;
    };
    place.hidden = false;
    button.addEventListener("click", () => {
      if (words.textContent !== silent) {
        stop();
        return;
      }
      const main = document.getElementById("main");
      const spoken = main.innerText.replace(button.innerText, "").split(/[\n。；]+/).map((line) => line.trim()).filter(Boolean);
      speechSynthesis.cancel();
      words.textContent = "停下，不读了";
      spoken.forEach((line, n) => {
        const said = new SpeechSynthesisUtterance(line);
        said.lang = "zh-CN";
        said.rate = 0.85;
        if (n === spoken.length - 1) said.addEventListener("end", stop);
        speechSynthesis.speak(said);
      });
    });
    window.addEventListener("pagehide", stop);
  };

  /* A list that does at once what is chosen. Arrow keys pass over what is not wanted, so after them Enter does it. */
  const submitting = (select) => {
    let byKey = false;
    select.addEventListener("pointerdown", () => { byKey = false; });
    select.addEventListener("keydown", (event) => {
      byKey = event.key !== "Enter";
      if (byKey) return;
      event.preventDefault();
      select.form.requestSubmit();
    });
    select.addEventListener("change", () => { if (!byKey) select.form.requestSubmit(); });
  };

  /* A machine for everybody: so many seconds without a touch, and everything is gone. */
  const kioskClock = (bar) => {
    const whole = Number(bar.dataset.kiosk);
    const place = bar.querySelector("[data-kiosk-left]");
    let last = Date.now();
    const touched = () => {
      last = Date.now();
    };
    for (const kind of ["pointerdown", "keydown", "input", "scroll"]) window.addEventListener(kind, touched, { passive: true });
    const tick = () => {
      const left = Math.max(0, whole - Math.floor((Date.now() - last) / 1000));
      place.textContent = left;
      bar.classList.toggle("kiosk-bar--soon", left <= 30);
      if (left > 0) return;
      clearInterval(running);
      for (const form of document.forms) form.reset();
      bar.querySelector("[data-kiosk-end]").submit();
    };
    const running = setInterval(tick, 1000);
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  };
  // The list of places by distance: where the reader is stays in this page, rounded to about a kilometre, and is never sent.
  const nearest = (button) => button.addEventListener("click", () => {
    const says = document.querySelector("[data-nearest-says]");
    const failed = () => { says.textContent = "手机没有给出位置。可以在上面选“我在附近”。"; };
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const round = (degrees) => Math.round(degrees * 100) / 100;
      const east = round(coords.longitude), north = round(coords.latitude), list = document.getElementById(button.dataset.nearest);
      const far = (row) => 111.2 * Math.hypot((row.dataset.east - east) * Math.cos(north * Math.PI / 180), row.dataset.north - north);
      [...list.children].sort((a, b) => far(a) - far(b)).forEach((row) => {
        row.querySelector("[data-distance]").textContent = ` · 离您约 ${Math.max(1, Math.round(far(row)))} 公里（直线）`;
        list.append(row);
      });
      says.textContent = "按离您远近排好了。位置只在您的手机上用，没有发出去。";
    }, failed, { enableHighAccuracy: false, maximumAge: 600000, timeout: 10000 });
  });

  const visit = (root) => {
    each(root, "form[data-autosave]", autosave);
    each(root, "[data-picker]", picker);
    each(root, "form[data-upload]", upload);
    each(root, "[data-copy]", copy);
    each(root, "[data-print]", print);
    each(root, "[data-dialog]", opener);
    each(root, "[data-dialog-close]", closer);
    each(root, "form[data-batch]", batch);
    each(root, "[data-insertion]", insertion);
    each(root, "table[data-keys]", keys);
    each(root, "[data-rows]", rows);
    each(root, "form[data-autosave]", keepTyping);
    each(root, "[data-offline]", notSent);
    each(root, "[data-again]", again);
    each(root, "[data-read]", readAloud);
    each(root, "[data-kiosk]", kioskClock);
    each(root, "select[data-submit]", submitting);
    each(root, "[data-nearest]", nearest);
    each(root, "[data-focus]", (element) => element.focus());
  };

  document.documentElement.classList.add("js");
  if (who || atKiosk) forgetTyping((key) => atKiosk || !key.startsWith(`${PREFIX}${who}:`));
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/logout")) forgetTyping(() => true);
  });
  if (frame.dataset.helper && "serviceWorker" in navigator && window.isSecureContext) {
    window.addEventListener("load", () => navigator.serviceWorker.register(frame.dataset.helper).catch(() => undefined));
  }
  visit(document);
  document.addEventListener("htmx:load", (event) => visit(event.detail.elt));
})();
