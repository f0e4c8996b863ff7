#!/usr/bin/env python3
"""Writes facts/always.txt from the OpenAPI v3 documents of a Kubernetes API server:

    import_always.py FACTS_DIR DOCUMENT...

A field whose schema has a default of its own in those documents is no pointer in Kubernetes' types: it is there, empty, in every object, which shows in
answers and in who owns what. Defaults that the API server fills in (defaults.txt) do not stand in them.
"""
import sys

import facts

# Defaults that the documents do have, of fields that are left out when they are empty.
OMITTED = {"ConfigMapEnvSource.name", "ConfigMapKeySelector.name", "ConfigMapProjection.name", "ConfigMapVolumeSource.name", "SecretEnvSource.name",
           "SecretKeySelector.name", "SecretProjection.name", "LocalObjectReference.name", "GRPCAction.service",
           "FileKeySelector.optional", "AzureDiskVolumeSource.readOnly", "ReplicationControllerSpec.minReadySeconds"}


def main(path, documents):
    types, _ = facts.read_types(path)
    found = {}
    for name, schema in facts.schemas(documents):
        for field, p in schema.get("properties", {}).items():
            if field in types.get(name, ()) and p.get("default") in ({}, "", 0, False) and name.split(".")[-1] + "." + field not in OMITTED:
                found.setdefault(name, set()).add(field)
    facts.write(path, "always", "Fields that are there, empty, in every object of their type.", found)


main(sys.argv[1], sys.argv[2:])
