// check.js CLIENT ADDRESS runs one official client against a server of the
// protocol and prints a line of JSON per check. Two clients that were written
// without us keep the tests' server from agreeing with our own mistakes only.
"use strict";
const { randomUUID } = require("node:crypto");
const assert = require("node:assert/strict");

const [, , name, address] = process.argv;
const c = require(name);
const [Client, scheme] = c.KurrentDBClient ? [c.KurrentDBClient, "kurrentdb"] : [c.EventStoreDBClient, "esdb"];
const client = Client.connectionString(`${scheme}://${address}?tls=false`);
const lenient = Client.connectionString(`${scheme}://${address}?tls=false&throwOnAppendFailure=false`);
// at is the expected revision by its old and by its new name.
const at = (revision) => ({ expectedRevision: revision, streamState: revision });

const run = randomUUID().slice(0, 8);
const stream = (what) => `${what}-${run}`;
const event = (n, type = "clue.recorded.v1") => c.jsonEvent({ id: randomUUID(), type, data: { n }, metadata: { by: "check" } });
const events = (n, type) => Array.from({ length: n }, (_, i) => event(i, type));
const collect = async (reading, most = Infinity) => {
  const all = [];
  for await (const { event } of reading) {
    all.push(event);
    if (all.length >= most) break;
  }
  return all;
};
const numbers = (all) => all.map((e) => Number(e.revision));
const rejects = async (promise, error) => {
  try {
    await promise;
  } catch (e) {
    assert.ok(e instanceof error, `${e.constructor.name}: ${e.message}`);
    return e;
  }
  assert.fail(`no ${error.name}`);
};
// next waits for n events of a subscription.
const next = (subscription, n) =>
  new Promise((resolve, reject) => {
    const all = [];
    subscription.on("data", ({ event }) => {
      all.push(event);
      if (all.length === n) resolve(all);
    });
    subscription.on("error", reject);
  });

const checks = {
  async "append opens a stream"() {
    const r = await client.appendToStream(stream("a"), events(3), at(c.NO_STREAM));
    assert.equal(r.success, true);
    assert.equal(Number(r.nextExpectedRevision), 2);
    assert.ok(r.position.commit > 0n);
  },
  async "a wrong revision is told with the actual one"() {
    await client.appendToStream(stream("wrong"), events(2), at(c.NO_STREAM));
    const e = await rejects(client.appendToStream(stream("wrong"), events(1), at(5n)), c.WrongExpectedVersionError);
    assert.equal(Number(e.actualVersion ?? e.actualState), 1);
    await rejects(client.appendToStream(stream("wrong"), events(1), at(c.NO_STREAM)), c.WrongExpectedVersionError);
  },
  async "a wrong revision need not be thrown"() {
    const r = await lenient.appendToStream(stream("soft"), events(1), at(3n));
    assert.equal(r.success, false);
  },
  async "the same ids at the same revision are the same append"() {
    const es = events(3);
    const first = await client.appendToStream(stream("again"), es, at(c.NO_STREAM));
    await client.appendToStream(stream("again"), events(1), at(2n));
    const second = await client.appendToStream(stream("again"), es, at(c.NO_STREAM));
    assert.equal(second.nextExpectedRevision, first.nextExpectedRevision);
    assert.equal((await collect(client.readStream(stream("again")))).length, 4);
    await rejects(client.appendToStream(stream("again"), [es[0], event(9)], at(c.NO_STREAM)), c.WrongExpectedVersionError);
  },
  async "at any revision and where a stream exists"() {
    await rejects(client.appendToStream(stream("any"), events(1), at(c.STREAM_EXISTS)), c.WrongExpectedVersionError);
    await client.appendToStream(stream("any"), events(2), at(c.ANY));
    const r = await client.appendToStream(stream("any"), events(2), at(c.STREAM_EXISTS));
    assert.equal(Number(r.nextExpectedRevision), 3);
  },
  async "a stream is read as it was written"() {
    const es = events(3);
    await client.appendToStream(stream("read"), es);
    const got = await collect(client.readStream(stream("read")));
    assert.deepEqual(got.map((e) => e.id), es.map((e) => e.id));
    assert.deepEqual(got.map((e) => e.data), es.map((e) => e.data));
    assert.deepEqual(got[0].metadata, { by: "check" });
    assert.deepEqual(numbers(got), [0, 1, 2]);
    assert.equal(got[0].streamId, stream("read"));
    assert.ok(Math.abs(Date.now() - new Date(got[0].created).getTime()) < 600_000, String(got[0].created));
  },
  async "from a revision, both ways"() {
    await client.appendToStream(stream("ways"), events(5));
    const read = async (o) => numbers(await collect(client.readStream(stream("ways"), o)));
    assert.deepEqual(await read({ fromRevision: 3n }), [3, 4]);
    assert.deepEqual(await read({ fromRevision: 9n }), []);
    assert.deepEqual(await read({ direction: c.BACKWARDS, fromRevision: c.END }), [4, 3, 2, 1, 0]);
    assert.deepEqual(await read({ direction: c.BACKWARDS, fromRevision: 2n }), [2, 1, 0]);
    assert.deepEqual(await read({ direction: c.BACKWARDS, fromRevision: c.END, maxCount: 1 }), [4]);
    assert.deepEqual(await read({ fromRevision: 1n, maxCount: 2 }), [1, 2]);
  },
  async "a stream that is not there"() {
    await rejects(collect(client.readStream(stream("nothing"))), c.StreamNotFoundError);
  },
  async "binary events"() {
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    await client.appendToStream(stream("binary"), c.binaryEvent({ id: randomUUID(), type: "b", data, metadata: data }));
    const [got] = await collect(client.readStream(stream("binary")));
    assert.deepEqual([...got.data], [...data]);
    assert.deepEqual([...got.metadata], [...data]);
  },
  async "a large append"() {
    await client.appendToStream(stream("large"), events(1000));
    assert.equal((await collect(client.readStream(stream("large")))).length, 1000);
  },
  async "everything in order, and from a position"() {
    await client.appendToStream(stream("all"), events(4));
    const all = (await collect(client.readAll())).filter(Boolean);
    const at = all.map((e) => e.position.commit);
    assert.ok(at.every((p, i) => i === 0 || p > at[i - 1]));
    assert.ok(all.some((e) => e.type.startsWith("$")));
    const ours = all.filter((e) => e.streamId === stream("all"));
    assert.deepEqual(numbers(ours), [0, 1, 2, 3]);
    const from = await collect(client.readAll({ fromPosition: ours[1].position }));
    assert.equal(from[0].id, ours[1].id); // inclusive
    const back = await collect(client.readAll({ direction: c.BACKWARDS, fromPosition: ours[1].position, maxCount: 1 }));
    assert.ok(back[0].position.commit < ours[1].position.commit); // exclusive
    const end = await collect(client.readAll({ direction: c.BACKWARDS, fromPosition: c.END, maxCount: 1 }));
    assert.equal(end[0].position.commit, at.at(-1));
  },
  async "a subscription to a stream"() {
    await client.appendToStream(stream("follow"), events(2));
    const all = client.subscribeToStream(stream("follow"), { fromRevision: c.START });
    const after = client.subscribeToStream(stream("follow"), { fromRevision: 0n });
    const got = [next(all, 3), next(after, 2)];
    await client.appendToStream(stream("follow"), events(1));
    assert.deepEqual(numbers(await got[0]), [0, 1, 2]);
    assert.deepEqual(numbers(await got[1]), [1, 2]); // exclusive
    await Promise.all([all.unsubscribe(), after.unsubscribe()]);
  },
  async "a subscription to everything, by stream"() {
    await client.appendToStream(stream("mine"), events(2));
    const subscription = client.subscribeToAll({ fromPosition: c.START, filter: c.streamNameFilter({ prefixes: [stream("mine")] }) });
    const got = next(subscription, 3);
    await client.appendToStream(stream("others"), events(2));
    await client.appendToStream(stream("mine"), events(1));
    assert.deepEqual((await got).map((e) => e.streamId), [stream("mine"), stream("mine"), stream("mine")]);
    await subscription.unsubscribe();
  },
  async "a subscription by type, after a position, with checkpoints"() {
    const type = `t${run}.v1`;
    await client.appendToStream(stream("typed"), [event(0, type), event(1), event(2, type)]);
    const [first] = await collect(client.readStream(stream("typed")));
    let checkpoints = 0;
    const subscription = client.subscribeToAll({
      fromPosition: first.position,
      filter: c.eventTypeFilter({ regex: `^${type}$`, checkpointInterval: 1, maxSearchWindow: 2, checkpointReached: async () => { checkpoints++; } }),
    });
    const got = next(subscription, 2);
    await client.appendToStream(stream("typed"), [event(3), event(4), event(5, type)]);
    assert.deepEqual(numbers(await got), [2, 5]);
    assert.ok(checkpoints > 0);
    await subscription.unsubscribe();
  },
  async "a subscriber is told that he has caught up"() {
    await client.appendToStream(stream("caught"), events(1));
    const subscription = client.subscribeToStream(stream("caught"), { fromRevision: c.START });
    await new Promise((resolve, reject) => {
      subscription.on("caughtUp", resolve).on("error", reject).on("data", () => {});
    });
    await subscription.unsubscribe();
  },
  async "metadata that truncates"() {
    await client.appendToStream(stream("short"), events(5));
    await client.setStreamMetadata(stream("short"), { maxCount: 2 });
    assert.deepEqual(numbers(await collect(client.readStream(stream("short")))), [3, 4]);
    assert.equal((await client.getStreamMetadata(stream("short"))).metadata.maxCount, 2);
  },
  async "a deleted stream goes on numbering"() {
    await client.appendToStream(stream("deleted"), events(3));
    await client.deleteStream(stream("deleted"));
    await rejects(collect(client.readStream(stream("deleted"))), c.StreamNotFoundError);
    const r = await client.appendToStream(stream("deleted"), events(1), at(c.ANY));
    assert.equal(Number(r.nextExpectedRevision), 3);
  },
  async "a buried stream stays buried"() {
    await client.appendToStream(stream("buried"), events(1));
    await client.tombstoneStream(stream("buried"));
    await rejects(collect(client.readStream(stream("buried"))), c.StreamDeletedError);
    await rejects(client.appendToStream(stream("buried"), events(1)), c.StreamDeletedError);
  },
};

// Whoever waits for an event that never comes must not wait for ever.
const within = (promise) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("nothing came")), 60_000).unref())]);

(async () => {
  for (const [what, check] of Object.entries(checks)) {
    let error = "";
    try {
      await within(check());
    } catch (e) {
      error = String(e.stack ?? e);
    }
    console.log(JSON.stringify({ what, error }));
  }
  await Promise.all([client.dispose(), lenient.dispose()]);
  process.exit(0);
})();
