/**
 * What authors of drivers work with: makes a module from a template, packs and signs what was built from it, and runs the public contract of its kind
 * on the author's own device. Needs no appliance.
 *
 * <p>A conformance run starts a framework of its own with the component runtime, the configuration admin and the driver; the API and the contracts are those
 * of this program. The device is made anew for each rule.
 */
package org.azekura.kit;
