package io.playgrant.token;

import jakarta.validation.groups.Default;

/** The constraints of the lenient profile: what today's service accepts from real clients. */
public interface Lenient extends Default {}
