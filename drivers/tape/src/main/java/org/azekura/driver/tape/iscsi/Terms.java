package org.azekura.driver.tape.iscsi;

import java.net.ProtocolException;
import java.util.Map;

/**
 * What both sides have agreed on, in bytes.
 *
 * @param segment   the longest data segment that the target takes
 * @param firstBurst what may be sent of a command's data before the target asks for it
 * @param burst     what the target may ask for at once
 * @param immediate whether data may come with the command itself
 * @param unasked   whether data may come behind the command before the target asks for them
 */
record Terms(int segment, int firstBurst, int burst, boolean immediate, boolean unasked) {

    /** The longest data segment that we take. */
    static final int OUR_SEGMENT = 256 << 10;

    private static final int OUR_FIRST_BURST = 1 << 20;
    private static final int OUR_BURST = 4 << 20;
    private static final int LEAST = 512;
    private static final int MOST = (1 << 24) - 1;
    /** What holds if the target does not say. */
    private static final int USUAL_SEGMENT = 8192;
    private static final int USUAL_FIRST_BURST = 65_536;
    private static final int USUAL_BURST = 262_144;

    /** What we would like; in the end the smaller number, and the more careful word, of both sides counts. */
    static Text wishes() {
        return new Text()
                .put("HeaderDigest", "None").put("DataDigest", "None")
                .put("MaxConnections", "1").put("InitialR2T", "No").put("ImmediateData", "Yes")
                .put("MaxRecvDataSegmentLength", Integer.toString(OUR_SEGMENT))
                .put("MaxBurstLength", Integer.toString(OUR_BURST)).put("FirstBurstLength", Integer.toString(OUR_FIRST_BURST))
                .put("MaxOutstandingR2T", "1").put("DataPDUInOrder", "Yes").put("DataSequenceInOrder", "Yes")
                .put("DefaultTime2Wait", "0").put("DefaultTime2Retain", "0").put("ErrorRecoveryLevel", "0");
    }

    /** @throws ProtocolException if it is not what we can agree to */
    static Terms of(Map<String, String> said) throws ProtocolException {
        for (String digest : new String[] {"HeaderDigest", "DataDigest"}) {
            String value = said.getOrDefault(digest, "None");
            if (!value.equals("None")) {
                throw new ProtocolException("the target wants " + digest + "=" + value + ", which this initiator does not speak; allow None at the target");
            }
        }
        int burst = number(said, "MaxBurstLength", USUAL_BURST, OUR_BURST);
        boolean immediate = !said.getOrDefault("ImmediateData", "Yes").equals("No");
        boolean unasked = said.getOrDefault("InitialR2T", "Yes").equals("No");
        int firstBurst = Math.min(burst, number(said, "FirstBurstLength", USUAL_FIRST_BURST, OUR_FIRST_BURST));
        return new Terms(number(said, "MaxRecvDataSegmentLength", USUAL_SEGMENT, MOST), firstBurst, burst, immediate, unasked);
    }

    private static int number(Map<String, String> said, String key, int usual, int most) throws ProtocolException {
        String text = said.get(key);
        // The first bursts are irrelevant to a target that wants none.
        if (text == null || text.equals("Irrelevant")) {
            return usual;
        }
        try {
            int value = Integer.decode(text);
            if (value >= LEAST && value <= MOST) {
                return Math.min(value, most);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProtocolException("the target says " + key + "=" + text + ", allowed are " + LEAST + " to " + MOST);
    }
}
