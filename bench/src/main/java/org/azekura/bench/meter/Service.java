package org.azekura.bench.meter;

/**
 * What a service between the tools and the disk used. Processor times are seconds.
 *
 * @param gateway  of what speaks to the tools
 * @param store    of what keeps the objects behind it
 * @param put      bytes of bodies that it took in
 * @param got      bytes of bodies that it gave out
 * @param requests that it answered, those that it refused among them
 */
public record Service(double gateway, double store, long put, long got, long requests) {

    public static final Service NONE = new Service(0, 0, 0, 0, 0);

    public Service minus(Service before) {
        return new Service(gateway - before.gateway, store - before.store, put - before.put, got - before.got, requests - before.requests);
    }
}
