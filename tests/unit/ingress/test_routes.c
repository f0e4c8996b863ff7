#include "tests/unit/ingress/model_test.h"
int main(void) { end(); return 0; }
