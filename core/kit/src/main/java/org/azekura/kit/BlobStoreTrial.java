package org.azekura.kit;

import org.azekura.testkit.device.BlobStoreContract;

/** The contract of {@link org.azekura.api.device.BlobStore} on the device under test. */
class BlobStoreTrial extends StoreTrial implements BlobStoreContract {}
