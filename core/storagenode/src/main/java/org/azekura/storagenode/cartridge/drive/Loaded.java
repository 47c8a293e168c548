package org.azekura.storagenode.cartridge.drive;

import org.azekura.api.device.Drive;

/** A cartridge that was made ready and looked at, in a drive whose lock the caller has. The drive stands behind what it begins with. */
public record Loaded(Bay bay, Drive.Cartridge cartridge, First first) {}
