package org.azekura.server.protection;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
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
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.junit.jupiter.api.Test;

class KeptSaveSetsTest {

    private static final ClientName APP = new ClientName("app");
    private static final Hooks DUMP = new Hooks(null, null, new HookName("dump"));

    private final FewProtections catalog = new FewProtections();
    private final KeptSaveSets sets = new KeptSaveSets(catalog.store(), FewProtections.HOST);

    private static KeptSaveSet set(ClientName client, ClientName via, String name, Hooks hooks, String... roots) {
        return new KeptSaveSet(client, via, new SaveSet(new SaveSetName(name), List.of(roots).stream().map(RawPath::of).toList(), List.of(), false), hooks);
    }

    @Test
    void isOfThisHostIfNobodySaysOtherwise() throws Exception {
        assertEquals(FewProtections.HOST, sets.create(set(null, null, "docs", Hooks.NONE, "/srv")).client());
        assertNull(sets.create(set(null, FewProtections.HOST, "self", Hooks.NONE, "/srv")).via());
        assertRefused("saveset.exists", () -> sets.create(set(FewProtections.HOST, null, "docs", Hooks.NONE, "/other")));
    }

    @Test
    void makesTheClientThatAnotherCollectsForAndNoOther() throws Exception {
        assertRefused("client.unknown", () -> sets.create(set(APP, null, "docs", Hooks.NONE, "/srv")));
        assertRefused("client.unknown", () -> sets.create(set(APP, new ClientName("nobody"), "docs", Hooks.NONE, "/srv")));
        assertFalse(catalog.clients.containsKey(APP));
        sets.create(set(APP, FewProtections.PROXY, "docs", Hooks.NONE, "/srv"));
        assertNull(catalog.clients.get(APP).signingKey());
        sets.create(set(APP, FewProtections.PROXY, "more", Hooks.NONE, "/srv"));
        assertEquals(List.of(new SaveSetId(APP, new SaveSetName("docs")), new SaveSetId(APP, new SaveSetName("more"))),
                sets.list(APP).stream().map(KeptSaveSet::id).toList());
        assertRefused("client.unknown", () -> sets.list(new ClientName("nobody")));
    }

    @Test
    void hasPathsOrADump() throws Exception {
        assertRefused("saveset.invalid", () -> sets.create(set(null, null, "none", Hooks.NONE)));
        assertRefused("saveset.invalid", () -> sets.create(set(null, null, "both", DUMP, "/srv")));
        assertRefused("saveset.invalid", () -> sets.create(new KeptSaveSet(null, null,
                new SaveSet(new SaveSetName("rules"), List.of(), List.of(Rule.parse(false, "*.tmp")), false), DUMP)));
        assertRefused("path.relative", () -> sets.create(set(null, null, "relative", Hooks.NONE, "srv")));
        assertRefused("path.invalid", () -> sets.create(set(null, null, "detour", Hooks.NONE, "/srv/../etc")));
        assertEquals(List.of(), sets.list(null));
        assertEquals(DUMP, sets.create(set(null, null, "dump", DUMP)).hooks());
    }

    @Test
    void isSavedOtherwiseOnceItIsChangedAndNotIfTheChangeIsWrong() throws Exception {
        KeptSaveSet docs = sets.create(set(null, null, "docs", Hooks.NONE, "/srv"));
        KeptSaveSet changed = set(docs.client(), null, "docs", Hooks.NONE, "/home");
        assertEquals(changed, sets.change(changed));
        assertEquals(changed, sets.find("docs"));
        assertRefused("saveset.invalid", () -> sets.change(set(docs.client(), null, "docs", Hooks.NONE)));
        assertRefused("client.unknown", () -> sets.change(set(docs.client(), new ClientName("nobody"), "docs", Hooks.NONE, "/srv")));
        assertRefused("saveset.unknown", () -> sets.change(set(docs.client(), null, "none", Hooks.NONE, "/srv")));
        assertEquals(changed, sets.find("docs"));
    }

    @Test
    void isFoundByItsNameWhereThatTellsItAndByItsClientElse() throws Exception {
        sets.create(set(null, null, "docs", Hooks.NONE, "/srv"));
        assertEquals(FewProtections.HOST, sets.find("docs").client());
        sets.create(set(FewProtections.PROXY, null, "docs", Hooks.NONE, "/srv"));
        assertRefused("saveset.ambiguous", () -> sets.find("docs"));
        assertEquals(FewProtections.PROXY, sets.find("proxy/docs").client());
        assertRefused("saveset.unknown", () -> sets.find("app/docs"));
        assertRefused("saveset.unknown", () -> sets.find("no such set"));
    }

    @Test
    void staysWhileAPolicyNeedsIt() throws Exception {
        SaveSetId docs = sets.create(set(null, null, "docs", Hooks.NONE, "/srv")).id();
        PolicyName name = new PolicyName("daily");
        catalog.policies.put(name, new Policy(name, new PoolName("main"), List.of(docs), List.of()));
        assertRefused("saveset.used", () -> sets.delete(docs));
        catalog.policies.clear();
        sets.delete(docs);
        assertRefused("saveset.unknown", () -> sets.delete(docs));
    }
}
