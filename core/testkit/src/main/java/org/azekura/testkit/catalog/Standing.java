package org.azekura.testkit.catalog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.Candidate;

/** A server that stands for the lead and notes what it is told. */
public final class Standing implements Candidate {

    private final String id;
    private final String name;
    private volatile boolean takesPart;
    private final List<String> told = new CopyOnWriteArrayList<>();

    public Standing(String id) {
        this(id, false);
    }

    /** @param takesPart whether it would take part in another's lead */
    public Standing(String id, boolean takesPart) {
        this(id, "host-" + id, takesPart);
    }

    /** @param name of its host */
    public Standing(String id, String name, boolean takesPart) {
        this.id = id;
        this.name = name;
        this.takesPart = takesPart;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return "https://" + id + ".example.net";
    }

    @Override
    public List<Endpoint> hosts() {
        return List.of(new Endpoint("tls", id + ".example.net:8444/server"));
    }

    @Override
    public boolean wouldTakePart() {
        return takesPart;
    }

    /** It changes its mind. */
    public void wouldTakePart(boolean now) {
        takesPart = now;
    }

    @Override
    public void takesPart() {
        told.add("takes part");
    }

    @Override
    public void leads() {
        told.add("leads");
    }

    @Override
    public void lost() {
        told.add("lost");
    }

    /** {@code leads}, {@code takes part} and {@code lost}, in order. */
    public List<String> told() {
        return List.copyOf(told);
    }
}
