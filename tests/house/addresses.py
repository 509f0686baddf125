"""Which right each address asks for, written out by hand: a new page has to stand here, and none changes unseen."""

from __future__ import annotations

PUBLIC = """
    home:home ui:accessibility ui:design
    evidence:regions evidence:region evidence:region_search evidence:region_picture evidence:region_table
    evidence:region_opportunities evidence:region_opportunities_part
    evidence:region_similar evidence:region_similar_part
    evidence:compare evidence:compare_part evidence:comparison
    evidence:indicators evidence:indicator evidence:indicator_part evidence:derived evidence:derived_indicator
    evidence:activities evidence:activity evidence:activity_part evidence:place_for_all evidence:place_for_all_part
    evidence:categories evidence:category evidence:category_part classifications:category_history
    evidence:figure evidence:methods evidence:method
    evidence:citation evidence:citation_bibliography evidence:basket evidence:basket_table evidence:basket_bibliography
    evidence:embed_citation evidence:embed_citation_svg evidence:embed_citation_how
    evidence:embed_figure evidence:embed_figure_svg evidence:embed_figure_how
    evidence:embed_region evidence:embed_region_svg evidence:embed_region_how
    evidence:embed_region_opportunities evidence:embed_region_opportunities_svg evidence:embed_region_opportunities_how
    evidence:embed_region_similar evidence:embed_region_similar_svg evidence:embed_region_similar_how
    evidence:embed_indicator evidence:embed_indicator_svg evidence:embed_indicator_how
    evidence:embed_activity evidence:embed_activity_svg evidence:embed_activity_how
    evidence:embed_category evidence:embed_category_svg evidence:embed_category_how
    evidence:embed_comparison evidence:embed_comparison_svg evidence:embed_comparison_how
    evidence:region_space evidence:region_space_part evidence:embed_region_space
    evidence:embed_region_space_svg evidence:embed_region_space_how
    evidence:industry_space evidence:industry_space_part evidence:embed_industry_space
    evidence:embed_industry_space_svg evidence:embed_industry_space_how
    evidence:region_partners evidence:region_partners_part evidence:embed_region_partners
    evidence:embed_region_partners_svg evidence:embed_region_partners_how
    evidence:embed_place_for_all evidence:embed_place_for_all_svg evidence:embed_place_for_all_how
    evidence:data evidence:data_bring evidence:data_set evidence:data_coverage evidence:data_citations
    evidence:data_version evidence:data_raw evidence:data_rejected evidence:data_gaps evidence:data_gap
    community:clusters community:cluster community:cluster_history community:cluster_export
    permanent_citation permanent_basket permanent_version catalogue_ttl catalogue_jsonld catalogue_rdf
    api_docs api_start api_openapi api_elsewhere api_regions api_region api_activities api_activity
    account_login account_logout account_inactive account_signup account_email_verification_sent account_confirm_email
    account_confirm_login_code account_reset_password account_reset_password_done account_reset_password_from_key
    account_reset_password_from_key_done mfa_authenticate mfa_login_webauthn
    openid_connect_login openid_connect_callback
    socialaccount_signup socialaccount_login_cancelled socialaccount_login_error
"""

RIGHTS = {
    "evidence.read": """
        api_datasets api_dataset api_observations api_indicators api_indicator api_series api_measures api_measure
        api_figures api_citation api_region_opportunities api_similar
        api_region_partners api_region_space api_industry_space
    """,
    "evidence.cite": "evidence:cite evidence:my_citations",
    "evidence.compare": "evidence:compare_save evidence:my_comparisons evidence:comparison_withdraw",
    "evidence.collect": "evidence:basket_collect evidence:baskets evidence:basket_make evidence:basket_deed",
    "evidence.define": """
        evidence:derived_new evidence:derived_check evidence:derived_edit evidence:derived_publish
        evidence:derived_discard evidence:derived_show evidence:derived_withdraw
    """,
    "evidence.import": """
        evidence:import_start evidence:import_resume evidence:import_table evidence:import_new_table
        evidence:import_sheet evidence:import_columns evidence:import_codes evidence:import_vintage
        evidence:import_check evidence:import_rejected evidence:import_discard evidence:import_work
    """,
    "evidence.fetch": "evidence:data_fetch",
    "evidence.open_gap": "evidence:data_gap_new",
    "evidence.work_on_gap": "evidence:data_gap_deed",
    "evidence.set_rules": "evidence:data_rules",
    "evidence.roll_back": "evidence:data_roll_back",
    "evidence.accept": "evidence:data_accept evidence:data_reject",
    "classifications.edit_categories": "classifications:category_new classifications:category_edit",
    "community.propose_cluster": "community:cluster_new community:cluster_edit community:cluster_deed",
    "community.import_clusters": "community:cluster_import community:cluster_file community:cluster_file_faults",
    "jobs.list": "jobs:list",
    "jobs.follow": "jobs:job jobs:stop jobs:resume",
    "api.use_tokens": "api_tokens",
    "accounts.manage_people": "account_people account_person",
    "accounts.read_data_deeds": "account_deeds account_deeds_file",
    "accounts.use_own": """
        account_mine account_sessions account_reauthenticate account_email account_change_password account_set_password
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn socialaccount_connections
    """,
}

ASKED = {
    **dict.fromkeys(PUBLIC.split(), "public"),
    **{name: right for right, names in RIGHTS.items() for name in names.split()},
}
