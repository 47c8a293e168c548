package org.azekura.felix.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** An address and a port of this machine; port 0 is any free one. */
record ListenPlace(String host, int port) {

    /**
     * Asked before anything starts: the same fault deep in the web server would be a log line and a time-out.
     *
     * @return why nobody can listen there now; null if it is free
     */
    String fault() throws StartFailure {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return null;
        } catch (UnknownHostException e) {
            throw StartFailure.wrongUsage("--host takes an address of this machine, like 127.0.0.1; \"" + host + "\" is not known");
        } catch (IOException e) {
            return "can't listen on " + host + " port " + port + ": " + e.getMessage();
        }
    }

    boolean free() throws StartFailure {
        return fault() == null;
    }

    /** @param remedy what would do, to be read behind a semicolon */
    void require(String remedy) throws StartFailure {
        String fault = fault();
        if (fault != null) {
            throw StartFailure.failed(fault + "; " + remedy);
        }
    }
}
