package org.azekura.engine.volume;

import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.engine.octets.ByteInput;
import org.azekura.engine.octets.ByteOutput;

/** The byte form of users in a checkpoint. */
final class AccessForm {

    private AccessForm() {}

    static void write(AccessItem.Account account, ByteOutput out) {
        out.text(account.name().value());
        out.text(account.role());
        Parts.texts(account.clients(), out);
        out.flag(account.factor());
        out.flag(account.disabled());
        out.time(account.made());
    }

    static AccessItem.Account account(ByteInput in) throws BackupException {
        return new AccessItem.Account(Parts.name(in, "user", UserName::new), in.text(Parts.MAX_NAME, "role"),
                Parts.list(in, "clients", each -> Parts.name(each, "client", ClientName::new)), in.flag("factor"), in.flag("disabled"), in.time("made"));
    }
}
