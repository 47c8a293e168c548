/**
 * Uninterruptible power supplies that speak the Megatec protocol, also called Q1, on a serial line of 2400 8N1. What is asked, each with a return (13) behind:
 * <pre>
 * Q1       the state, below
 * </pre>
 * Nothing else is sent: no test, no shutdown, no beeper.
 * <pre>
 * answer  = "(" input " " fault " " output " " load " " frequency " " battery " " temperature " " bits return
 * input, fault, output, load, frequency, battery, temperature
 *         = 1*4digit ["." 1*2digit] | dashes of that form: not measured
 *           volts, volts, volts, percent, hertz, volts (of a cell, or of all), degrees
 * bits    = 8 of "0" and "1": the mains have failed; the battery is low; bypass or boost; the device has failed; it is no on-line type; a test
 *           is going on; a shutdown is; the beeper is on
 * </pre>
 */
package org.azekura.driver.ups;
