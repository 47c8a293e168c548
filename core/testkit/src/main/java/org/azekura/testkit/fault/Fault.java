package org.azekura.testkit.fault;

/** One thing that goes wrong at one step of a device. A kind that the call does not know changes nothing. */
public sealed interface Fault {

    /** The power goes during this call; every later call of the store fails too. {@link FaultDisk} says what remains. */
    record PowerLoss() implements Fault {}

    /** The call fails with this code and has no effect. */
    record Fail(String code) implements Fault {}

    /** The call has its effect, and fails all the same: what is asked of the device then is undefined, as after a failed sync. */
    record FailLate(String code) implements Fault {}

    /** The call waits until the gate opens: a slow device, without a clock. */
    record Slow(Gate gate) implements Fault {}

    /** A bit turns over: in what a read brings, or for good in what a write puts down. */
    record BitFlip() implements Fault {}

    /** A read brings fewer bytes than there are. */
    record ShortRead() implements Fault {}

    /** A read brings bytes of another place. */
    record WrongBytes() implements Fault {}

    /** A listing, or a size, is that of before the last commit or delete. */
    record Stale() implements Fault {}

    /** A commit says that the blob is durable; it is lost or torn with the next power loss. */
    record Forget() implements Fault {}
}
