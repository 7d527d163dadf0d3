import "@crd-gen/runtime";
