package org.azekura.storagenode;

import org.azekura.storagenode.client.ClientCalls;
import org.azekura.storagenode.device.UseLedger;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.driver.DeviceSetup;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.storagenode.pool.Pools;

/** What this node has, whichever server orders something of it. */
record NodeRooms(DeviceSetup setup, DeviceFiles files, LibraryOrders libraries, DriverOrders drivers, Pools pools, ClientCalls clients, NodeWork work,
        Distrusted distrusted, UseLedger ledger) {}
