"""Certificates: eligibility, issue, replace, revoke, the PDF, and the page where anyone verifies one."""
