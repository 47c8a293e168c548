package org.azekura.testkit.net;

/**
 * What may pass just now.
 *
 * @param bytes 0 if the connection has ended
 * @param flip  which of them gets one bit wrong; -1 for none
 * @param ends  how every connection ends behind them; null if they go on
 */
record Grant(int bytes, int flip, Ending ends) {

    static final Grant NONE = new Grant(0, -1, null);
}
