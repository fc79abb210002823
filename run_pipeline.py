"""Run the pipeline: everything in inbox/ to outbox/. See README.md, or `python run_pipeline.py --help`."""

from pipeline.desk.start import main

if __name__ == "__main__":
    main()
