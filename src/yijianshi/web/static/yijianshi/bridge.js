/* Speaking to the bridge on this machine (docs/bridge.md). What a device gives goes into the page and nowhere else; without a
   bridge the page says so and everything is typed as before. */
"use strict";

const yijianshiBridge = (() => {
  const place = document.querySelector("[data-bridge]");
  const address = place ? place.dataset.bridge : "";
  const KEY = `yijianshi-bridge:${address}`;
  const token = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch (error) {
      return "";
    }
  };
  const keep = (value) => {
    try {
      localStorage.setItem(KEY, value);
    } catch (error) {
      return;
    }
  };

  /* What a device or the bridge refuses, in words for the clerk. */
  class BridgeRefused extends Error {}

  const ask = async (path, body) => {
    let answer;
    try {
      answer = await fetch(address + path, {
        method: body === undefined ? "GET" : "POST",
        headers: body === undefined ? {} : { "Content-Type": "application/json", Authorization: `Bearer ${token()}` },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "omit",
      });
    } catch (error) {
      throw new BridgeRefused("没有连上本机桥。请看它有没有启动；等的时候照证件手工填。");
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new BridgeRefused(`${told.says || "本机桥没有答应。"}${told.remedy || ""}`);
    return told;
  };
  const status = () => ask("/v1/status");
  const pair = async (code) => keep((await ask("/v1/pair", { code })).token);
  const use = (device, body = {}) => ask(`/v1/${device}`, body);

  /* A button that reads a card into the boxes of its form. */
  const card = (button) => {
    const form = button.closest("form");
    const says = form.querySelector("[data-bridge-says]");
    const box = (name) => form.elements.namedItem(name);
    button.hidden = false;
    button.addEventListener("click", async () => {
      says.textContent = "请把身份证放到读卡器上…";
      try {
        const read = await use("card");
        box("number").value = read.number;
        box("name").value = read.name;
        const person = form.querySelector("[name=kind][value=person]");
        if (person) person.checked = true;
        says.textContent = `读到了${read.name}的身份证，请和本人核对。`;
        (box("phone") || button).focus();
      } catch (error) {
        says.textContent = error.message;
        box("number").focus();
      }
    });
  };

  /* The page on which devices are tried. */
  const devices = (frame) => {
    const says = frame.querySelector("[data-bridge-says]");
    const list = frame.querySelector("[data-devices-list]");
    const look = async () => {
      try {
        const told = await status();
        says.textContent = `本机桥 ${told.version} 在。${token() ? "" : "还没有配对。"}`;
        list.textContent = "";
        for (const device of told.devices) {
          const line = document.createElement("p");
          const tag = document.createElement("span");
          line.className = "dev";
          tag.className = `tag tag--${device.state === "ready" ? "done" : "todo"}`;
          tag.textContent = device.says;
          line.append(device.name, tag);
          list.append(line);
        }
      } catch (error) {
        says.textContent = error.message;
      }
    };
    const form = frame.querySelector("[data-pair]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const box = form.querySelector("input");
      try {
        await pair(box.value.trim());
        box.value = "";
        await look();
        says.textContent = "配对好了，这个浏览器可以用设备了。";
      } catch (error) {
        says.textContent = error.message;
        box.focus();
      }
    });
    for (const button of frame.querySelectorAll("[data-try]")) {
      button.addEventListener("click", async () => {
        says.textContent = "请稍等…";
        try {
          const told = await use(button.dataset.try, { lines: ["试打一张"], question: "这次服务您满意吗？" });
          says.textContent = told.says || "好了。";
        } catch (error) {
          says.textContent = error.message;
        }
      });
    }
    look();
  };

  if (address) {
    for (const button of document.querySelectorAll("[data-bridge-card]")) card(button);
    for (const frame of document.querySelectorAll("[data-devices]")) devices(frame);
  }
  return { address, use };
})();
