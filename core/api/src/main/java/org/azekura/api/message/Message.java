package org.azekura.api.message;

/**
 * Anything one role says to another. A role asks (and gets an {@link Answer} or a failure) or tells (and gets nothing).
 */
public sealed interface Message permits NodeOrder, ClientOrder, NodeReport, ClientReport, HostReport, NodeRequest, StreamOpening, RestoreBatch, CheckBatch, MountQuestion, MountAnswer, RestoreQuestion, RestoreAnswer, Ticket, Answer {}
