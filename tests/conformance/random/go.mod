module argopacks.test/conformance/random

go 1.26
