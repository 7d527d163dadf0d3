import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import type { ApiServer } from "./server.ts";

/** What there may be left of a server. */
export type Traces = Pick<ApiServer, "folder" | "ports" | "processIds">;

/** What is left of a server: its folder, its processes and the ports that something still listens on. */
export async function remains({ folder, ports, processIds }: Traces): Promise<readonly string[]> {
  const open = await Promise.all(
    Object.values(ports).map(async (port) => ((await listens(port)) ? [`port ${port}`] : [])),
  );
  return [
    ...(existsSync(folder) ? [folder] : []),
    ...processIds.filter(runs).map((processId) => `process ${processId}`),
    ...open.flat(),
  ];
}

/** Whether there is a process of this id. One that has ended and that nobody has asked about is none. */
export function runs(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  const status = `/proc/${processId}/stat`;
  if (!existsSync(status)) return true;
  // The state follows the name, which may have parentheses of its own.
  const text = readFileSync(status, "utf8");
  return text.charAt(text.lastIndexOf(")") + 2) !== "Z";
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}
