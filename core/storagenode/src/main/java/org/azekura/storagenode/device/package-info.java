/**
 * The devices of a node as they are served: every call of one runs on one of its few platform threads ({@link org.azekura.storagenode.device.Device}), and a
 * gate holds calls while its driver changes. What lies on a device, others know.
 */
package org.azekura.storagenode.device;
