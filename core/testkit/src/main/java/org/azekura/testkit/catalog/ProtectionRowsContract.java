package org.azekura.testkit.catalog;

import static org.azekura.testkit.catalog.Records.assertEmpty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.junit.jupiter.api.Test;

/** {@link CatalogListsContract}, and save sets and policies. */
public interface ProtectionRowsContract extends CatalogListsContract {

    /** Roots and rules in an order that is not that of their text. */
    private static KeptSaveSet files(String client, String name) {
        return new KeptSaveSet(new ClientName(client), new ClientName("proxy"), new SaveSet(new SaveSetName(name),
                List.of(RawPath.of("/srv"), new RawPath(new byte[] {'/', (byte) 0xff}), RawPath.of("/etc")),
                List.of(new Rule(true, Rule.Kind.GLOB, "keep"), new Rule(false, Rule.Kind.LARGER, "7"), new Rule(false, Rule.Kind.GLOB, "*")), true),
                new Hooks(new HookName("freeze"), new HookName("thaw"), null));
    }

    private static KeptSaveSet dump(String client, String name) {
        return new KeptSaveSet(new ClientName(client), null, new SaveSet(new SaveSetName(name), List.of(), List.of(), false),
                new Hooks(null, null, new HookName("pg-dump")));
    }

    private static Policy policy(String name, SaveSetId... sets) {
        return new Policy(new PolicyName(name), MAIN, List.of(sets), List.of(new PoolName("z"), new PoolName("a")));
    }

    @Test
    default void hasNeitherSaveSetsNorPoliciesAtFirst() throws Exception {
        store().read(view -> {
            assertEquals(List.of(), view.saveSets(null));
            assertEquals(List.of(), view.policies());
            assertEquals(Optional.empty(), view.saveSet(new SaveSetId(new ClientName("web"), new SaveSetName("etc"))));
            return assertEmpty(view.policy(new PolicyName("daily")));
        });
    }

    @Test
    default void keepsSaveSetsByClientAndNameAndReplacesThem() throws Exception {
        change(edit -> edit.putSaveSet(files("web", "b")), edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "b")),
                edit -> edit.putSaveSet(dump("web", "b")));
        assertEquals(List.of(files("db", "b"), files("web", "a"), dump("web", "b")), read(view -> view.saveSets(null)));
        assertEquals(List.of(files("web", "a"), dump("web", "b")), read(view -> view.saveSets(new ClientName("web"))));
        assertEquals(Optional.of(dump("web", "b")), read(view -> view.saveSet(dump("web", "b").id())));
        reopen();
        assertEquals(Optional.of(files("db", "b")), read(view -> view.saveSet(files("db", "b").id())));
    }

    @Test
    default void forgetsOneSaveSetAndNoOther() throws Exception {
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "a")), edit -> edit.deleteSaveSet(files("web", "a").id()),
                edit -> edit.deleteSaveSet(files("web", "never").id()));
        assertEquals(List.of(files("db", "a")), read(view -> view.saveSets(null)));
        change(edit -> edit.putSaveSet(dump("web", "a")));
        assertEquals(Optional.of(dump("web", "a")), read(view -> view.saveSet(files("web", "a").id())));
    }

    @Test
    default void keepsPoliciesInOrderAndReplacesThem() throws Exception {
        SaveSetId a = files("web", "a").id();
        SaveSetId b = files("db", "b").id();
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putSaveSet(files("db", "b")), edit -> edit.putPolicy(policy("nightly", a)),
                edit -> edit.putPolicy(policy("daily", a)), edit -> edit.putPolicy(policy("nightly", b, a)));
        assertEquals(List.of(policy("daily", a), policy("nightly", b, a)), read(CatalogView::policies));
        reopen();
        assertEquals(Optional.of(policy("nightly", b, a)), read(view -> view.policy(new PolicyName("nightly"))));
        change(edit -> edit.deletePolicy(new PolicyName("nightly")), edit -> edit.deletePolicy(new PolicyName("never")));
        assertEquals(List.of(policy("daily", a)), read(CatalogView::policies));
    }

    @Test
    default void namesNoSaveSetThatIsNotThere() throws Exception {
        SaveSetId a = files("web", "a").id();
        assertThrows(BackupException.class, () -> change(edit -> edit.putPolicy(policy("daily", a))));
        change(edit -> edit.putSaveSet(files("web", "a")), edit -> edit.putPolicy(policy("daily", a)));
        assertThrows(BackupException.class, () -> change(edit -> edit.deleteSaveSet(a)));
        assertEquals(List.of(policy("daily", a)), read(CatalogView::policies));
    }
}
