package org.azekura.server.job.run;

import org.azekura.api.BackupException;

/** What may be in the way of a job: codes of failures on which more than one of its parts looks. */
public final class Obstacle {

    /** An operator does not want it any more. */
    public static final String CANCELLED = "job.cancelled";
    public static final String CLIENT_LEFT = "client.left";
    public static final String STOPPING = "server.stopping";
    /** What an earlier attempt had made durable is not all there: everything is read again. */
    public static final String INCOMPLETE = "snapshot.incomplete";
    public static final String FULL = "device.full";
    /** What lies on a medium that is not there is wanted. */
    public static final String MISSING = "volume.missing";
    /** Another medium than that which is wanted is in its place. */
    public static final String FOREIGN = "volume.foreign";
    /** Another cartridge was met in the place of one: what lies on the others can be had first. */
    public static final String WRONG = "cartridge.wrong";
    /** Where something was read is gone, and it can be read elsewhere. */
    public static final String PLACE_GONE = "place.gone";
    /** What is wanted lies in an archive and was asked for; the subject is the moment until which it is waited for. */
    public static final String ARCHIVED = "archive.waits";
    /** The server that carried it out is gone. */
    public static final String SERVER_GONE = "server.gone";
    /** An attempt is not its server's any more: what it would commit is refused. */
    public static final String OFFER_GONE = "offer.gone";
    /** The budget of a device for this month is used up. */
    public static final String BUDGET = "device.budget";
    /** A storage node runs on battery. */
    public static final String BATTERY = "power.battery";

    private Obstacle() {}

    /** Whether a medium is not where it is wanted, or is not what it should be. */
    public static boolean isStray(BackupException why) {
        return why.failure().code().equals(MISSING) || why.failure().code().equals(FOREIGN);
    }

    public static BackupException stopping() {
        return BackupException.operator(STOPPING, "", "the server was stopped while the job ran; run it again");
    }
}
