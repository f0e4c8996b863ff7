#!/usr/bin/env python3
"""Writes facts/always.txt from the OpenAPI v3 documents of a Kubernetes API server:

    import_always.py FACTS_DIR DOCUMENT...

A field whose schema has a default of its own in those documents is no pointer in Kubernetes' types: it is there, empty, in every object, which shows in
answers and in who owns what. Defaults that the API server fills in (defaults.txt) do not stand in them.
"""
import json
import sys

# Defaults that the documents do have, of fields that are left out when they are empty.
OMITTED = {"ConfigMapEnvSource.name", "ConfigMapKeySelector.name", "ConfigMapProjection.name", "ConfigMapVolumeSource.name", "SecretEnvSource.name",
           "SecretKeySelector.name", "SecretProjection.name", "LocalObjectReference.name", "GRPCAction.service",
           "FileKeySelector.optional", "AzureDiskVolumeSource.readOnly", "ReplicationControllerSpec.minReadySeconds"}


def main(facts, documents):
    types, cur = {}, None
    for line in open(facts + "/types.txt"):
        if line.startswith("type "):
            cur = types[line.split()[1]] = set()
        elif line.startswith("\t"):
            cur.add(line.split()[0].rstrip("!"))
    found = set()
    for d in documents:
        for name, schema in json.load(open(d)).get("components", {}).get("schemas", {}).items():
            for field, p in schema.get("properties", {}).items():
                if name in types and field in types[name] and p.get("default") in ({}, "", 0, False) and name.split(".")[-1] + "." + field not in OMITTED:
                    found.add((name, field))
    with open(facts + "/always.txt", "w") as f:
        f.write("# Fields that are there, empty, in every object of their type. Made by gen/import_always.py.\n")
        last = None
        for name, field in sorted(found):
            if name != last:
                f.write(name + "\n")
            f.write("\t" + field + "\n")
            last = name


main(sys.argv[1], sys.argv[2:])
