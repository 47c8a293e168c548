package org.azekura.server.job;

/** How many attempts this server carries out, and how many of its attempts others do. Each counts from when it is decided who does it, so that many that begin at once spread. Thread-safe. */
final class Share {

    private int here;
    private int away;

    /** @return whether one more goes elsewhere, which it does if it can and more are here than there; it counts from now on */
    synchronized boolean next(boolean canGo) {
        boolean goes = canGo && here > away;
        count(goes, 1);
        return goes;
    }

    /** One that was to go elsewhere is carried out here. */
    synchronized void back() {
        count(true, -1);
        count(false, 1);
    }

    /** One that is over counts no more. */
    synchronized void ended(boolean elsewhere) {
        count(elsewhere, -1);
    }

    private void count(boolean elsewhere, int by) {
        if (elsewhere) {
            away += by;
        } else {
            here += by;
        }
    }
}
