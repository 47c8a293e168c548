/**
 * Devices that fail as real ones do: they lose power, fill up, lie, slow down and flip bits, at a step that a test scripts or a seed
 * chooses.
 *
 * <p>A {@link org.azekura.testkit.fault.FaultDisk} is the medium and survives a power loss; {@code on(plan)} gives the store of one
 * powered period. {@link org.azekura.testkit.fault.FileCut} does the same for files that a program keeps in its home.
 */
package org.azekura.testkit.fault;
