package org.azekura.rest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.server.Enrolment;

/** Takes every host in, but one that is called taken, and notes how it asked. */
public final class FakeEnrolment implements Enrolment {

    public final List<JoinRequest.Signed> requests = new CopyOnWriteArrayList<>();
    public final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public Invitation enrol(HostRole role, String name, Duration validity) throws BackupException {
        if ("taken".equals(name)) {
            throw BackupException.operator("host.taken", name, "a client taken has joined already");
        }
        calls.add("enrol " + (role == null ? "whichever" : role.word()) + " " + name + " " + validity);
        return new Invitation("7K2M-0", FakeServer.WHEN, "ab");
    }

    @Override
    public JoinAnswer.Signed join(JoinRequest.Signed request) throws BackupException {
        requests.add(request);
        if (request.request().code().equals("0000")) {
            throw BackupException.operator("join.refused", "", "the code is none of this appliance");
        }
        return new JoinAnswer.Signed(new JoinAnswer(new byte[] {1}, new byte[] {2}, "web1", "tls::8444/server", "aa"), new byte[] {3});
    }

    @Override
    public List<Host> hosts() {
        return List.of(new Host(HostRole.NODE, "n1", true, FakeServer.WHEN, "0.1.0", FakeServer.WHEN.plusSeconds(9), null),
                new Host(HostRole.CLIENT, "web1", false, null, null, null, FakeServer.WHEN));
    }

    @Override
    public List<String> revoke(HostRole role, String name) throws BackupException {
        if (!name.equals("web1")) {
            throw BackupException.operator("host.unknown", name, "no client " + name + " has joined");
        }
        calls.add("revoke " + (role == null ? "whichever" : role.word()) + " " + name);
        return List.of("client/web1", "node/web1");
    }
}
