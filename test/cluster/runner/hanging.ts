import { connect } from "node:net";
import { test } from "vitest";
import { findAssets } from "../assets.ts";
import { startServer } from "../server.ts";

test("a test that never ends, with a server; the port REPORT_TO of the loopback interface is told what it has started", async () => {
  const assets = await findAssets();
  if (assets === undefined) throw new Error("wanted the programs of a server, found none");
  const { folder, ports, processIds } = await startServer(assets);
  connect(Number(process.env.REPORT_TO), "127.0.0.1").end(JSON.stringify({ folder, ports, processIds }));
  await new Promise(() => undefined);
});
