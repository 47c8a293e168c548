/**
 * What a driver implements: one small interface per shape of backup device. A {@link org.azekura.api.device.BlobStore} keeps named blobs and is
 * published itself; a {@link org.azekura.api.device.Drive} and a {@link org.azekura.api.device.Changer} belong to a
 * {@link org.azekura.api.device.Library}, which is what is published; a {@link org.azekura.api.device.PowerSource} keeps nothing, and tells how its host is
 * fed. Rules that drives and changers follow are those of SSC-3 and SMC-3 (T10); where
 * devices are known to differ, the interface says what a driver makes of it.
 */
@Export
@Version("0.9.0")
package org.azekura.api.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
