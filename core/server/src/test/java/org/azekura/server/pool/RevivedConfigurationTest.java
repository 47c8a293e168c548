package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.PathSealer;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Edition;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevivedConfigurationTest {

    private static final ClientName WEB = new ClientName("web");
    private static final ClientName APP = new ClientName("app");
    private static final TrustGroup GROUP = new TrustGroup(5, 5);
    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName LOST = new PoolName("lost");
    private static final PolicyName DAILY = new PolicyName("daily");

    private static final SaveSet DOCS = new SaveSet(new SaveSetName("docs"), List.of(), List.of(), false);
    private static final Hooks DUMP = new Hooks(null, null, new HookName("dump-docs"));
    private static final SaveSetId DOCS_OF_WEB = new SaveSetId(WEB, DOCS.name());

    private static final List<ConfigurationItem> ALL = List.of(new ConfigurationItem.Edition(40),
            // in an order in which nothing that another needs comes first
            new ConfigurationItem.KeptPolicy(DAILY, MAIN, List.of(DOCS_OF_WEB), List.of(LOST)),
            new ConfigurationItem.KeptSet(WEB, APP, DOCS.name(), false, DUMP, new byte[0]),
            new ConfigurationItem.HostAddress("client/web", "web:8444"),
            new ConfigurationItem.ClientSettings(WEB, GROUP, 1000, MAIN, null, List.of(new Bandwidth(1 << 20))),
            new ConfigurationItem.ClientSettings(APP, GROUP, Quota.NONE, null, null, List.of()),
            new ConfigurationItem.PoolSettings(MAIN, 10, new PoolGroup("near"), 30), new ConfigurationItem.PoolSettings(LOST, 10, null, 30));

    private static final RecipientKey KEY = RecipientKey.generate();
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", KEY)));

    @TempDir
    Path dir;

    private CatalogDoor door;
    private CatalogStore catalog;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(dir);
        catalog = door.catalog();
        catalog.write(edit -> {
            edit.putPool(Rows.pool("main"));
            return null;
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private List<ConfigurationItem> said() throws BackupException {
        return new ArrayList<>(catalog.read(view -> WrittenConfiguration.of(view, RING)));
    }

    private List<String> put(List<ConfigurationItem> items) throws BackupException {
        return catalog.write(edit -> RevivedConfiguration.put(edit, List.of(LostAndFound.found(MAIN, Instant.EPOCH, items)))).warnings();
    }

    @Test
    void allOfItIsInForceWhateverOrderItComesIn() throws Exception {
        assertEquals(List.of("policy daily copies to pool lost, which is not here; make a pool of this name, or the policy anew with others"), put(ALL));
        catalog.read(view -> {
            assertEquals(new Policy(DAILY, MAIN, List.of(DOCS_OF_WEB), List.of(LOST)), view.policy(DAILY).orElseThrow());
            assertEquals(new KeptSaveSet(WEB, APP, DOCS, DUMP), view.saveSet(DOCS_OF_WEB).orElseThrow());
            assertEquals(new ClientTerms(WEB, MAIN, null, List.of(new Bandwidth(1 << 20))), view.terms(WEB));
            assertEquals(1000, view.boundedQuota(WEB).orElseThrow().limit());
            assertTrue(view.boundedQuota(APP).isEmpty());
            assertEquals(List.of(GROUP, GROUP), view.clients().stream().map(Client::trustGroup).toList());
            assertEquals("web:8444", CallBook.addresses(view).get("client/web"));
            assertEquals("10 near 30", view.pool(MAIN).orElseThrow().livePercent() + " " + view.pool(MAIN).orElseThrow().group() + " "
                    + view.pool(MAIN).orElseThrow().patience());
            assertEquals(41, Edition.of(view));
            return null;
        });
    }

    @Test
    void itIsWhatTheNextCheckpointSays() throws Exception {
        assertEquals(List.of(), said(), "nobody has laid anything down");
        put(ALL);
        List<ConfigurationItem> said = said();
        assertEquals(new ConfigurationItem.Edition(41), said.removeFirst());
        said.removeIf(ConfigurationItem.PathKey.class::isInstance);
        List<ConfigurationItem> expected = new ArrayList<>(ALL.subList(1, ALL.size() - 1));
        assertTrue(said.containsAll(expected) && expected.containsAll(said), said::toString);
    }

    @Test
    void aSetWhosePoolWasNotFoundHasItsSettings() throws Exception {
        catalog.write(edit -> {
            edit.putPool(Rows.pool("lost.set2"));
            return null;
        });
        put(ALL);
        assertEquals(List.of(10, 30), catalog.read(view -> view.pool(new PoolName("lost.set2")).map(pool -> List.of(pool.livePercent(), pool.patience())).orElseThrow()));
    }

    @Test
    void whatIsHereStaysAndIsNamedUnlessItIsTheSame() throws Exception {
        SaveSet other = new SaveSet(DOCS.name(), List.of(RawPath.of("/other")), List.of(), false);
        TrustGroup here = new TrustGroup(6, 6);
        catalog.write(edit -> {
            edit.putClient(new Client(WEB, here, null, null));
            edit.putClient(new Client(new ClientName("db"), here, null, null));
            edit.putQuota(WEB, 500);
            edit.putTerms(new ClientTerms(WEB, null, null, List.of(new Bandwidth(1 << 30))));
            edit.putSaveSet(new KeptSaveSet(WEB, null, other, Hooks.NONE));
            edit.putPolicy(new Policy(DAILY, MAIN, List.of(DOCS_OF_WEB), List.of()));
            CallBook.putIfFree(edit, "client/web", "here:1");
            return null;
        });
        List<String> warnings = put(ALL);
        assertEquals(6, warnings.size(), warnings::toString);
        for (String word : new String[] {"quota", "trust group", "limits", "here:1", "save set web/docs", "policy daily"}) {
            assertTrue(warnings.stream().anyMatch(warning -> warning.contains(word)), () -> word + " in " + warnings);
        }
        catalog.read(view -> {
            assertEquals(other, view.saveSet(DOCS_OF_WEB).orElseThrow().saveSet());
            assertEquals(here, view.client(WEB).orElseThrow().trustGroup());
            assertEquals(GROUP, view.client(APP).orElseThrow().trustGroup());
            return null;
        });
        List<String> again = put(said().stream().filter(item -> !(item instanceof ConfigurationItem.KeptSet)).toList());
        assertEquals(List.of(), again, "all the same");
    }

    @Test
    void aClientThatOnlyCameTakesItsGroupAndWhoHasSnapshotsKeepsTheVolumes() throws Exception {
        catalog.write(edit -> {
            edit.putClient(new Client(WEB, new TrustGroup(1, 1), new byte[] {1}, Instant.EPOCH));
            edit.putClient(new Client(APP, new TrustGroup(2, 2), null, null));
            edit.putSnapshot(Rows.snapshot(1, "main", "app", "docs"));
            return null;
        });
        put(ALL);
        catalog.read(view -> {
            assertEquals(GROUP, view.client(WEB).orElseThrow().trustGroup());
            assertEquals(1, view.client(WEB).orElseThrow().signingKey().length);
            assertEquals(new TrustGroup(2, 2), view.client(APP).orElseThrow().trustGroup());
            return null;
        });
    }

    @Test
    void theNewestOfSeveralCheckpointsCountsAndOneThatSaysNothingNeverDoes() throws Exception {
        List<ConfigurationItem> newer = List.of(new ConfigurationItem.Edition(41), new ConfigurationItem.HostAddress("node/n", "n:2"));
        catalog.write(edit -> RevivedConfiguration.put(edit, List.of(LostAndFound.found(MAIN, Instant.MAX, ALL),
                LostAndFound.found(MAIN, Instant.EPOCH, newer), LostAndFound.found(MAIN, Instant.MAX, List.of()))));
        catalog.read(view -> {
            assertEquals("{node/n=n:2}", CallBook.addresses(view).toString());
            assertEquals(List.of(), view.policies());
            return null;
        });
        assertEquals(List.of(), put(List.of()));
    }

    @Test
    void whatIsSealedWaitsForAKeyOfAnyPoolThatSaysItWithWhatNeedsIt() throws Exception {
        SaveSet etc = new SaveSet(new SaveSetName("etc"), List.of(RawPath.of("/etc")), List.of(new Rule(false, Rule.Kind.GLOB, "*.tmp")), true);
        ConfigurationItem.KeptPolicy weekly = new ConfigurationItem.KeptPolicy(new PolicyName("weekly"), MAIN, List.of(DOCS_OF_WEB, new SaveSetId(WEB, etc.name())),
                List.of());
        PoolName off = new PoolName("off");
        PoolVault vault = new PoolVault(dir.resolve("keys"), catalog);
        catalog.write(edit -> {
            edit.putSetting("appliance.id", new ApplianceId(1, 2).toString());
            edit.putPool(Rows.pool("main").with(KeyRing.create(List.of(Recipient.of("other", RecipientKey.generate()))).encoded(), null));
            edit.putPool(Rows.pool("off").with(RING.encoded(), null));
            List<RevivedConfiguration.Found> found = new ArrayList<>();
            for (PoolName pool : List.of(MAIN, off)) {
                KeyRing ring = KeyRing.parse(edit.pool(pool).orElseThrow().keyRing());
                try (PathSealer sealer = new PathSealer(ring)) {
                    List<ConfigurationItem> items = new ArrayList<>(ALL);
                    items.addAll(List.of(weekly, sealer.seal(WEB, null, etc, Hooks.NONE), sealer.key()));
                    found.add(LostAndFound.found(pool, Instant.EPOCH, items));
                }
            }
            assertEquals(2, RevivedConfiguration.put(edit, found).waiting());
            return null;
        });
        assertEquals(List.of(DAILY), catalog.read(view -> view.policies().stream().map(Policy::name).toList()));
        SealedConfiguration.open(catalog, vault, catalog.read(view -> view.pool(off)).orElseThrow());
        assertEquals(List.of(DAILY), catalog.read(view -> view.policies().stream().map(Policy::name).toList()), "no key is here");

        vault.keep(off, KEY);
        SealedConfiguration.open(catalog, vault, catalog.read(view -> view.pool(off)).orElseThrow());
        catalog.read(view -> {
            assertEquals(new KeptSaveSet(WEB, null, etc, Hooks.NONE), view.saveSet(new SaveSetId(WEB, etc.name())).orElseThrow());
            assertEquals(List.of(DAILY, weekly.name()), view.policies().stream().map(Policy::name).toList());
            assertTrue(view.setting("configuration.sealed.off").isEmpty() && view.setting("configuration.sealed.main").isEmpty());
            assertEquals(42, Edition.of(view));
            return null;
        });
    }

    @Test
    void whatDoesNotFitTogetherHoldsNothingElseUp() throws Exception {
        List<String> warnings = put(List.of(new ConfigurationItem.KeptPolicy(DAILY, MAIN, List.of(DOCS_OF_WEB), List.of()),
                new ConfigurationItem.HostAddress("client/web", "no port"), new ConfigurationItem.HostAddress("x\ny", "h:1"),
                new ConfigurationItem.ClientSettings(WEB, GROUP, 7, LOST, null, List.of()),
                new ConfigurationItem.ClientSettings(APP, GROUP, Quota.NONE, null, new PoolGroup("none"), List.of()),
                new ConfigurationItem.KeptSet(new ClientName("new"), new ClientName("newer"), DOCS.name(), false, DUMP, new byte[0])));
        assertEquals(5, warnings.size(), warnings::toString);
        catalog.read(view -> {
            assertEquals(List.of(), view.policies());
            assertNull(view.terms(WEB).pool());
            assertEquals(7, view.boundedQuota(WEB).orElseThrow().limit());
            assertEquals(4, view.clients().size());
            return null;
        });
    }
}
