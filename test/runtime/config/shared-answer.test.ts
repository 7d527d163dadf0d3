import { expect, test } from "vitest";
import { SharedAnswer } from "../../../src/runtime/config/shared-answer.ts";

/** An answer that is given by hand. */
function answerByHand() {
  const hand: { give: (answer: string) => void; givenUp?: AbortSignal } = { give: () => undefined };
  const shared = new SharedAnswer((givenUp) => {
    hand.givenUp = givenUp;
    return new Promise<string>((resolve) => {
      hand.give = resolve;
    });
  });
  return { shared, hand };
}

test("all who wait get one answer, and who comes later has to ask anew", async () => {
  const { shared, hand } = answerByHand();
  const answers = [shared.wait(undefined), shared.wait(new AbortController().signal)];
  expect(shared.over).toBe(false);
  hand.give("an answer");
  expect(await Promise.all(answers)).toEqual(["an answer", "an answer"]);
  expect(shared.over).toBe(true);
});

test("a failure is everybody's", async () => {
  const shared = new SharedAnswer(() => Promise.reject(new RangeError("no answer")));
  await expect(shared.wait(new AbortController().signal)).rejects.toThrow("no answer");
  expect(shared.over).toBe(true);
});

test("it is given up when the last who waits leaves", () => {
  const { shared, hand } = answerByHand();
  const [first, second] = [new AbortController(), new AbortController()];
  void shared.wait(first.signal);
  void shared.wait(second.signal);
  first.abort();
  expect([shared.over, hand.givenUp?.aborted]).toEqual([false, false]);
  second.abort();
  expect([shared.over, hand.givenUp?.aborted]).toEqual([true, true]);
});

test("it is given up where the only one who asks has left before", () => {
  const { shared, hand } = answerByHand();
  void shared.wait(AbortSignal.abort());
  expect(hand.givenUp?.aborted).toBe(true);
});

test("who has no signal does not leave, and who has the answer does not either", async () => {
  const { shared, hand } = answerByHand();
  const leaving = new AbortController();
  void shared.wait(undefined);
  const given = shared.wait(leaving.signal);
  leaving.abort();
  expect(shared.over).toBe(false);
  const later = new AbortController();
  void shared.wait(later.signal);
  hand.give("an answer");
  await given;
  later.abort();
  expect(hand.givenUp?.aborted).toBe(false);
});
