"""`yijianshi check --production`: everything that forbids serving real people, each with what would do."""

import argparse

from django.core import checks


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser("check", help="检查本机能否运行；--production 检查能否正式运行")
    parser.add_argument("--production", action="store_true", help="逐条列出不能正式运行的原因")
    parser.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Print every finding and return 1 if any forbids the purpose asked for."""
    tag = "production" if arguments.production else "machine"
    found = checks.run_checks(
        tags=[tag], include_deployment_checks=arguments.production, databases=["default"]
    )
    for finding in found:
        print(f"✗ {finding.msg}")
        if finding.hint:
            print(f"  办法：{finding.hint}")
    purpose = "正式运行" if arguments.production else "运行"
    print(f"\n{len(found)} 处问题，不能{purpose}。" if found else f"没有发现问题，可以{purpose}。")
    return 1 if found else 0
