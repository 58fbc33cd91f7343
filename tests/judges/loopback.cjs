// Preloaded into a server that would listen on every interface: whatever it asks for, it gets loopback.
"use strict";
const { Server } = require("node:net");
const LOOPBACK = "127.0.0.1";
const listen = Server.prototype.listen;

Server.prototype.listen = function (...given) {
  const [first, ...rest] = given;
  if (first !== null && typeof first === "object" && "port" in first) {
    return listen.call(this, { ...first, host: LOOPBACK }, ...rest);
  }
  if (/^\d+$/.test(String(first))) {
    const callback = rest.find((argument) => typeof argument === "function");
    return listen.call(this, { port: Number(first), host: LOOPBACK }, callback);
  }
  return listen.apply(this, given);
};
