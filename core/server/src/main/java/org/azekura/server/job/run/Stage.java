package org.azekura.server.job.run;

import org.azekura.api.ApplianceId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Tickets;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.trees.PageAllowances;
import org.azekura.server.trees.TreeStore;

/** What every run works with. */
public record Stage(ApplianceId appliance, CatalogStore catalog, Hosts hosts, MediaPools pools, PoolVault vault, TreeStore trees,
        NodeName localNode, Tickets tickets, PageAllowances allowances, ServerClock clock) {}
