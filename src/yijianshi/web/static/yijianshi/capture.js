/* Pages of paper from a camera, a document camera or chosen photographs: turned, put in order, and sent as the one file box of
   the form. A page is made smaller on the way, which also takes off what the camera wrote beside it. */
"use strict";

(() => {
  const LONGEST = 2200;
  const form = document.querySelector("form[data-capture]");
  if (!form || !window.DataTransfer) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-pages]");
  const says = form.querySelector("[data-says]");
  const video = form.querySelector("video");
  const open = form.querySelector("[data-camera]");
  const shot = form.querySelector("[data-shot]");
  const bridged = form.querySelector("[data-bridge-camera]");
  const most = Number(form.dataset.most);
  const FULL = `一份最多 ${most} 页，请先存下这一份。`;
  const pages = [];

  const draw = (source, width, height, turn = 0) => {
    const by = Math.min(1, LONGEST / Math.max(width, height));
    const [w, h] = [Math.round(width * by), Math.round(height * by)];
    const canvas = document.createElement("canvas");
    canvas.width = turn % 180 ? h : w;
    canvas.height = turn % 180 ? w : h;
    const context = canvas.getContext("2d");
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((turn * Math.PI) / 180);
    context.drawImage(source, -w / 2, -h / 2, w, h);
    return canvas;
  };
  const blob = (canvas) => new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));

  const put = async () => {
    const files = new DataTransfer();
    for (const [n, page] of pages.entries()) files.items.add(new File([page.blob], `${n + 1}.jpg`, { type: "image/jpeg" }));
    input.files = files.files;
    list.textContent = "";
    for (const [n, page] of pages.entries()) {
      const line = document.createElement("li");
      const picture = document.createElement("img");
      picture.src = draw(page.canvas, page.canvas.width, page.canvas.height).toDataURL("image/jpeg", 0.4);
      picture.alt = `第 ${n + 1} 页`;
      const act = (words, what) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn--quiet btn--s";
        button.textContent = words;
        const more = document.createElement("span");
        more.className = "vh";
        more.textContent = `：第 ${n + 1} 页`;
        button.append(more);
        button.addEventListener("click", what);
        return button;
      };
      const turn = act("转一下", async () => {
        page.canvas = draw(page.canvas, page.canvas.width, page.canvas.height, 90);
        page.blob = await blob(page.canvas);
        put();
      });
      const drop = act("不要", () => {
        pages.splice(n, 1);
        put();
        (shot.hidden ? input : shot).focus();
      });
      line.append(picture, turn, drop);
      list.append(line);
    }
    says.textContent = pages.length ? `拍了 ${pages.length} 页，会合成一份 PDF。` : "还没有拍。";
  };
  const add = async (source, width, height) => {
    if (pages.length >= most) {
      says.textContent = FULL;
      return;
    }
    const canvas = draw(source, width, height);
    pages.push({ canvas, blob: await blob(canvas) });
    await put();
  };

  open.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 2592 }, height: { ideal: 1944 } } });
      video.hidden = false;
      await video.play();
      open.hidden = true;
      shot.hidden = false;
      shot.focus();
      says.textContent = "把纸放平、四角拍全，再按“拍一页”。";
    } catch (error) {
      says.textContent = "摄像头打不开。请在浏览器地址栏旁边允许用摄像头；也可以用手机拍好，再选照片。";
    }
  });
  shot.addEventListener("click", () => add(video, video.videoWidth, video.videoHeight));
  input.addEventListener("change", async () => {
    const chosen = Array.from(input.files);
    const over = chosen.length + pages.length > most;
    const left = [];
    for (const file of chosen) {
      try {
        const picture = await createImageBitmap(file);
        await add(picture, picture.width, picture.height);
      } catch (error) {
        left.push(`“${file.name}”`);
      }
    }
    await put(); // whatever was left out must not be sent: the box holds the pages that are shown
    if (over) says.textContent = FULL;
    else if (left.length) says.textContent = `${left.join("、")}不是照片，没有放进来。${says.textContent}`;
  });
  if (bridged && typeof yijianshiBridge !== "undefined" && yijianshiBridge.address) {
    bridged.hidden = false;
    bridged.addEventListener("click", async () => {
      says.textContent = "高拍仪正在拍…";
      try {
        const told = await yijianshiBridge.use("camera");
        const bytes = Uint8Array.from(atob(told.picture), (sign) => sign.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: told.type }));
        await add(picture, picture.width, picture.height);
      } catch (error) {
        says.textContent = error.message;
      }
    });
  }
})();
