# make demo   sets up, builds, profiles a sample model and writes a report under reports/
# make reports  writes the reports of all sample models anew, under reports/
# make test   sets up and passes all tests
# make check  what every change must pass: format, build, tests
# make networks  writes VGG16, VGG19, AlexNet and GoogLeNet with random weights (1.4 GB), for tests
# make ranges TRAINED=folder  writes the tables of docs/Ranges.md anew
# make fuzz   feeds 20,000 damaged files to the program, which must refuse them (about 15 minutes)
# make bench  measures speed, memory and quality against other tools (Benchmarks/README.md)
# make bench-report  measures a report of 200 sites: its size, and the time to make and to open it
# make sollya compares 300 minimax errors with Sollya's
# make peers  installs the tools that exports are for into .peers, so that their tests run
# make coverage  measures what the policies promise, over 500 splits (docs/Guarantees.md; 10 minutes)
# make distributed  profiles on clusters of Ray and Slurm on this machine, and kills nodes and runs
# make scaling      measures how runs and merges scale
# make verification  what sample networks lose by polynomials (docs/Verification.md; 5 minutes)
# make docs   writes docs/KerasSupport.md anew from the source

SHELL := /bin/bash
RANGEFINDER := .build/release/rangefinder
SAMPLE := mnist-googlenet
DEMO := reports/demo

.PHONY: demo reports test check build format lint fuzz coverage bench bench-approximation bench-report sollya docs setup peers samples clean

setup:
	@scripts/setup.sh

peers: setup
	scripts/peers.sh

build: setup
	swift build --configuration release --product rangefinder

demo: build
	@mkdir -p $(DEMO)
	$(RANGEFINDER) profile SampleModels/$(SAMPLE)/model.h5 \
	  --data SampleModels/$(SAMPLE)/data.h5 -o $(DEMO)/$(SAMPLE).profile.h5
	$(RANGEFINDER) recommend $(DEMO)/$(SAMPLE).profile.h5 -o $(DEMO)/ranges.json
	@$(RANGEFINDER) fit $(DEMO)/ranges.json -o $(DEMO)/polynomials.json >/dev/null
	@$(RANGEFINDER) report $(DEMO)/$(SAMPLE).profile.h5 $(DEMO)/ranges.json \
	  $(DEMO)/polynomials.json -o $(DEMO) --data SampleModels/$(SAMPLE)/data.h5
	@echo "Open $(CURDIR)/$(DEMO)/index.html"

# Reports that are kept with the package; a test compares them with what the program writes.
REPORTS := $(notdir $(patsubst %/model.h5,%,$(wildcard SampleModels/*/model.h5)))
reports: $(REPORTS:%=reports/%)
	$(RANGEFINDER) report --index $(sort $(REPORTS)) -o reports

.PHONY: $(REPORTS:%=reports/%)
$(REPORTS:%=reports/%): reports/%: build
	@mkdir -p $@
	$(RANGEFINDER) profile SampleModels/$*/model.h5 --data SampleModels/$*/data.h5:/x \
	  -o $@/profile.h5 --quiet >/dev/null
	$(RANGEFINDER) recommend $@/profile.h5 -o $@/ranges.json --quiet >/dev/null
	$(RANGEFINDER) fit $@/ranges.json -o $@/polynomials.json --quiet >/dev/null
	$(RANGEFINDER) verify SampleModels/$*/model.h5 --data SampleModels/$*/data.h5:/x_heldout \
	  --polynomials $@/polynomials.json -o $@/verification.json --quiet >/dev/null
	$(RANGEFINDER) report $@/profile.h5 $@/ranges.json $@/polynomials.json $@/verification.json \
	  -o $@ --data SampleModels/$*/data.h5:/x

test:
	@scripts/setup.sh chromium
	swift test

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

check: lint test

ROUNDS := 20000
fuzz: build
	python3 Fuzzing/fuzz.py --program $(RANGEFINDER) --rounds $(ROUNDS)

# All of it unless some is named: make bench WORKLOADS="mlp resnet20" PARTS="bare memory"
bench: ROUNDS := 7
bench: build
	python=$$(Benchmarks/setup.sh) && $$python Benchmarks/bench.py $(WORKLOADS) \
	  --rounds $(ROUNDS) $(if $(PARTS),--parts $(PARTS)) --write

# Profiles of the sample models, and of others that shared/models may hold.
COVERAGE := .build/coverage
SPLITS := 500
coverage: build
	swift build --configuration release --product CoverageExperiment
	@scripts/coverage-profiles.sh $(RANGEFINDER) $(COVERAGE)
	@.build/release/CoverageExperiment --splits $(SPLITS) $(COVERAGE)/*.profile.h5

.PHONY: verification
verification: build
	python3 Benchmarks/verification.py --program $(RANGEFINDER)

docs:
	WRITE_DOCS=1 swift test --filter KerasLayerListingTests

# Compares 300 minimax errors with Sollya's remez, which it installs.
sollya:
	@scripts/setup.sh sollya
	SOLLYA=all swift test --filter SollyaTests

# Times fits beside Sollya's remez and NumPy's Chebyshev interpolation.
bench-approximation:
	@scripts/setup.sh sollya python3-numpy
	Benchmarks/approximation.sh

# Makes a network of 200 sites, and its report, and opens that in Chromium.
bench-report: ROUNDS := 7
bench-report: build
	@scripts/setup.sh chromium python3-h5py
	/usr/bin/python3 Benchmarks/report/bench.py --program $(RANGEFINDER) --rounds $(ROUNDS)

# Real Keras, for what it makes and says of networks.
.venv: SampleModels/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet -r SampleModels/requirements.txt
	@touch .venv

# Trains the sample models again (Python 3.11, about ten minutes).
samples: .venv
	.venv/bin/python SampleModels/train.py --out SampleModels

.PHONY: networks ranges
RANGEFINDER_NETWORKS ?= .build/networks
networks: .venv
	.venv/bin/python Tests/ParityTests/Fixtures/make_networks.py --out $(RANGEFINDER_NETWORKS)

# Profiles networks that others trained and those of make networks.
ranges: build .venv
	.venv/bin/python scripts/ranges.py --trained $(TRAINED) --made $(RANGEFINDER_NETWORKS)

.PHONY: distributed scaling
.ray: Distributed/requirements.txt
	python3 -m venv .ray
	.ray/bin/pip install --quiet -r Distributed/requirements.txt
	@touch .ray

NET := SampleModels/mnist-cnn/model.h5
distributed: build .ray
	@scripts/setup.sh slurm-wlm
	.ray/bin/python Distributed/acceptance_ray.py $(RANGEFINDER) $(NET)
	Distributed/acceptance_slurm.sh $(RANGEFINDER) $(NET)
	.ray/bin/python Distributed/acceptance_kill.py $(RANGEFINDER) $(NET)

scaling: build .ray
	@scripts/setup.sh time
	.ray/bin/python Distributed/measure.py $(RANGEFINDER) $(NET) inputs processes merge

clean:
	rm -rf .build $(DEMO)
