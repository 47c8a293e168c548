package org.azekura.rest.https;

import java.io.IOException;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Where the appliance is reached, and by which certificate. */
public final class NetworkRoutes {

    private final Network network;

    public NetworkRoutes(Network network) {
        this.network = network;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("network").needs(Right.READ).says("Where this interface is reached, and by which certificate").answers(Row.class).by(call -> answer(network::state)),
                Route.post("network/certificate").needs(Right.ADMINISTER).says("Serves a certificate that somebody else has signed, from the next connection on")
                        .answers(Row.class).dangerous(this::served).takes(Order.class, this::replace),
                Route.delete("network/certificate").needs(Right.ADMINISTER).says("Serves a new certificate of the appliance's own, for the names that this host has now")
                        .answers(Row.class).dangerous(this::served).by(call -> answer(network::renew)));
    }

    /** The certificate that is served now. */
    private Object served(Call call) throws BackupException, Refusal {
        return CertificateRow.of(state(network::state).certificate());
    }

    private Reply replace(Call call, Order order) throws BackupException, Refusal {
        if (order.certificate == null || order.key == null) {
            throw Refusal.badRequest("request.value", order.certificate == null ? "certificate" : "key", "the fields \"certificate\" and \"key\" are both wanted, as PEM");
        }
        return answer(() -> network.replace(order.certificate, order.key));
    }

    private interface Asked {
        Network.State state() throws IOException, Refusal;
    }

    private static Reply answer(Asked asked) throws BackupException, Refusal {
        return Reply.ok(Row.of(state(asked)));
    }

    private static Network.State state(Asked asked) throws BackupException, Refusal {
        try {
            return asked.state();
        } catch (IOException e) {
            throw BackupException.operator("certificate.failed", "certificate", e.getMessage());
        }
    }

    /**
     * @param certificate the appliance's own first, then those that it was signed by; PEM
     * @param key         its private key without a passphrase; PEM
     */
    private record Order(String certificate, @Secret String key) {}

    /**
     * @param url    for callers on this machine
     * @param others for callers on other hosts, null if it listens to none
     */
    private record Row(String host, int port, String url, String others, CertificateRow certificate) {

        static Row of(Network.State state) {
            return new Row(state.host(), state.port(), state.url().toString(), state.others() == null ? null : state.others().toString(), CertificateRow.of(state.certificate()));
        }
    }

    /**
     * @param own         made by this appliance
     * @param fingerprint SHA-256 in hex
     */
    private record CertificateRow(boolean own, List<String> names, String issuer, String from, String until, String fingerprint) {

        static CertificateRow of(Certified certified) {
            return new CertificateRow(certified.own(), certified.names(), certified.issuer(), Json.time(certified.from()), Json.time(certified.until()), certified.fingerprint());
        }
    }
}
