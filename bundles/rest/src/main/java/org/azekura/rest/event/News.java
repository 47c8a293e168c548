package org.azekura.rest.event;

import org.azekura.api.JobId;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.JobProgress;
import org.azekura.rest.alert.AlertView;
import org.azekura.rest.job.ProgressView;

/** What an event tells. Of what waits about the same thing, the newest is told. */
sealed interface News {

    /** The thing that it is about. */
    Object about();

    /** The event's name on the wire. */
    String event();

    /** As it is written. */
    Object view();

    record OfJob(JobProgress progress) implements News {

        @Override
        public JobId about() {
            return progress.job();
        }

        @Override
        public String event() {
            return "progress";
        }

        @Override
        public ProgressView view() {
            return ProgressView.of(progress);
        }
    }

    record OfAlert(Alerts.Change change) implements News {

        @Override
        public Object about() {
            return change.alert().key();
        }

        @Override
        public String event() {
            return "alert";
        }

        @Override
        public View view() {
            return new View(change.came(), AlertView.of(change.alert()));
        }

        /** @param came else it went */
        record View(boolean came, AlertView alert) {}
    }

    /**
     * @param kind  device (a library is one, too), or power
     * @param state of a device served or away; of a source of power mains, battery, low or unknown; gone if it is no more
     * @param text  what is wrong; empty if nothing is
     */
    record OfDevice(String kind, String name, String node, String state, String text) implements News {

        @Override
        public Object about() {
            return kind + "/" + node + "/" + name;
        }

        @Override
        public String event() {
            return "device";
        }

        @Override
        public OfDevice view() {
            return this;
        }
    }
}
