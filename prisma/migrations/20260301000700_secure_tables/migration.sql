-- Row security from REACH (node tools/policies.mjs), then who may do what to which columns.
-- account
alter table account enable row level security; alter table account force row level security;
create policy migrator on account to migrator using (true) with check (true);
create policy as_collectivite on account to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on account to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_structure on account to as_structure using (structure_id = (select app_org('structure'))) with check (structure_id = (select app_org('structure')));
-- activation
alter table activation enable row level security; alter table activation force row level security;
create policy migrator on activation to migrator using (true) with check (true);
create policy as_collectivite on activation to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on activation to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- atelier
alter table atelier enable row level security; alter table atelier force row level security;
create policy migrator on atelier to migrator using (true) with check (true);
create policy as_structure on atelier to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
-- attribution
alter table attribution enable row level security; alter table attribution force row level security;
create policy migrator on attribution to migrator using (true) with check (true);
create policy as_collectivite on attribution to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on attribution to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
-- beneficiaire
alter table beneficiaire enable row level security; alter table beneficiaire force row level security;
create policy migrator on beneficiaire to migrator using (true) with check (true);
create policy as_collectivite on beneficiaire to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on beneficiaire to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
-- bordereau
alter table bordereau enable row level security; alter table bordereau force row level security;
create policy migrator on bordereau to migrator using (true) with check (true);
create policy as_structure on bordereau to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on bordereau to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- bordereau_convention
alter table bordereau_convention enable row level security; alter table bordereau_convention force row level security;
create policy migrator on bordereau_convention to migrator using (true) with check (true);
create policy as_collectivite on bordereau_convention to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_structure on bordereau_convention to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on bordereau_convention to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- carnet
alter table carnet enable row level security; alter table carnet force row level security;
create policy migrator on carnet to migrator using (true) with check (true);
create policy as_collectivite on carnet to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on carnet to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
create policy as_prescripteur_destination_id on carnet to as_prescripteur using (destination_id = (select app_org('prescripteur'))) with check (destination_id = (select app_org('prescripteur')));
create policy as_operateur on carnet to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- commande
alter table commande enable row level security; alter table commande force row level security;
create policy migrator on commande to migrator using (true) with check (true);
create policy as_collectivite on commande to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on commande to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_anct on commande to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
-- commande_etape
alter table commande_etape enable row level security; alter table commande_etape force row level security;
create policy migrator on commande_etape to migrator using (true) with check (true);
create policy as_collectivite on commande_etape to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on commande_etape to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- compte_bancaire
alter table compte_bancaire enable row level security; alter table compte_bancaire force row level security;
create policy migrator on compte_bancaire to migrator using (true) with check (true);
create policy as_structure on compte_bancaire to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on compte_bancaire to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
-- convention
alter table convention enable row level security; alter table convention force row level security;
create policy migrator on convention to migrator using (true) with check (true);
create policy as_collectivite on convention to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on convention to as_prescripteur using ((select app_org('prescripteur')) = any (prescripteur_ids)) with check ((select app_org('prescripteur')) = any (prescripteur_ids));
create policy as_operateur on convention to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_anct on convention to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_financeur on convention to as_financeur using ((select app_org('financeur')) = any (financeur_ids)) with check ((select app_org('financeur')) = any (financeur_ids));
-- convention_financeur
alter table convention_financeur enable row level security; alter table convention_financeur force row level security;
create policy migrator on convention_financeur to migrator using (true) with check (true);
create policy as_collectivite on convention_financeur to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_anct on convention_financeur to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_financeur on convention_financeur to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
-- convention_lieu
alter table convention_lieu enable row level security; alter table convention_lieu force row level security;
create policy migrator on convention_lieu to migrator using (true) with check (true);
create policy as_collectivite on convention_lieu to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_anct on convention_lieu to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
-- encaissement
alter table encaissement enable row level security; alter table encaissement force row level security;
create policy migrator on encaissement to migrator using (true) with check (true);
create policy as_collectivite on encaissement to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on encaissement to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- essai_code
alter table essai_code enable row level security; alter table essai_code force row level security;
create policy migrator on essai_code to migrator using (true) with check (true);
create policy as_structure on essai_code to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
-- inscription
alter table inscription enable row level security; alter table inscription force row level security;
create policy migrator on inscription to migrator using (true) with check (true);
create policy as_structure on inscription to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
-- labellisation
alter table labellisation enable row level security; alter table labellisation force row level security;
create policy migrator on labellisation to migrator using (true) with check (true);
create policy as_structure on labellisation to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on labellisation to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
create policy as_anct on labellisation to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
-- lieu
alter table lieu enable row level security; alter table lieu force row level security;
create policy migrator on lieu to migrator using (true) with check (true);
create policy as_structure on lieu to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_structure_publie on lieu to as_structure using (publie) with check (publie);
create policy as_operateur on lieu to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
create policy as_anct on lieu to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_collectivite on lieu to as_collectivite using (publie) with check (publie);
create policy as_prescripteur on lieu to as_prescripteur using (publie) with check (publie);
create policy as_prefecture on lieu to as_prefecture using (publie) with check (publie);
create policy as_hub on lieu to as_hub using (publie) with check (publie);
create policy as_financeur on lieu to as_financeur using (publie) with check (publie);
create policy as_public on lieu to as_public using (publie) with check (publie);
-- lieu_service
alter table lieu_service enable row level security; alter table lieu_service force row level security;
create policy migrator on lieu_service to migrator using (true) with check (true);
create policy as_structure on lieu_service to as_structure using ((select app_org('structure')) is not null) with check ((select app_org('structure')) is not null);
create policy as_operateur on lieu_service to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
create policy as_anct on lieu_service to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_collectivite on lieu_service to as_collectivite using ((select app_org('collectivite')) is not null) with check ((select app_org('collectivite')) is not null);
create policy as_prescripteur on lieu_service to as_prescripteur using ((select app_org('prescripteur')) is not null) with check ((select app_org('prescripteur')) is not null);
create policy as_prefecture on lieu_service to as_prefecture using ((select app_org('prefecture')) is not null) with check ((select app_org('prefecture')) is not null);
create policy as_hub on lieu_service to as_hub using ((select app_org('hub')) is not null) with check ((select app_org('hub')) is not null);
create policy as_financeur on lieu_service to as_financeur using ((select app_org('financeur')) is not null) with check ((select app_org('financeur')) is not null);
create policy as_public on lieu_service to as_public using (true) with check (true);
-- lot_cle
alter table lot_cle enable row level security; alter table lot_cle force row level security;
create policy migrator on lot_cle to migrator using (true) with check (true);
create policy as_operateur on lot_cle to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- lot
alter table lot enable row level security; alter table lot force row level security;
create policy migrator on lot to migrator using (true) with check (true);
create policy as_collectivite on lot to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on lot to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- mouvement
alter table mouvement enable row level security; alter table mouvement force row level security;
create policy migrator on mouvement to migrator using (true) with check (true);
create policy as_collectivite on mouvement to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on mouvement to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
create policy as_operateur on mouvement to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- pass
alter table pass enable row level security; alter table pass force row level security;
create policy migrator on pass to migrator using (true) with check (true);
create policy as_collectivite on pass to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
-- prescription
alter table prescription enable row level security; alter table prescription force row level security;
create policy migrator on prescription to migrator using (true) with check (true);
create policy as_collectivite on prescription to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on prescription to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
-- redemption
alter table redemption enable row level security; alter table redemption force row level security;
create policy migrator on redemption to migrator using (true) with check (true);
create policy as_collectivite on redemption to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_prescripteur on redemption to as_prescripteur using (prescripteur_id = (select app_org('prescripteur'))) with check (prescripteur_id = (select app_org('prescripteur')));
create policy as_structure on redemption to as_structure using (structure_id = (select app_org('structure'))) with check (structure_id = (select app_org('structure')));
create policy as_operateur on redemption to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- remise
alter table remise enable row level security; alter table remise force row level security;
create policy migrator on remise to migrator using (true) with check (true);
create policy as_operateur on remise to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- transfer
alter table transfer enable row level security; alter table transfer force row level security;
create policy migrator on transfer to migrator using (true) with check (true);
create policy as_collectivite on transfer to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on transfer to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_structure on transfer to as_structure using (structure_id = (select app_org('structure'))) with check (structure_id = (select app_org('structure')));

-- compteur holds no row that anyone reads: its function alone
alter table compteur enable row level security; alter table compteur force row level security;
create policy migrator on compteur to migrator using (true) with check (true);

------------------------------------------------------------------------------------------------------------------------
-- Grants: reading
------------------------------------------------------------------------------------------------------------------------
grant select on departement, epci, commune to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, as_public;
grant execute on function recherche_de to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, as_public;
grant select on lieu, lieu_service to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, as_public;
grant select on account, activation, attribution, beneficiaire, bordereau_convention, carnet, commande, commande_etape, convention,
  convention_financeur, convention_lieu, encaissement, lot, mouvement, prescription, redemption, transfer to as_collectivite;
grant select (collectivite_id, id, carnet_id, statut) on pass to as_collectivite;
grant select on attribution, beneficiaire, carnet, mouvement, prescription, redemption to as_prescripteur;
-- a prescripteur reads the name, the rules and the publics of a convention, not its money
grant select (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, carnet_taille, valeur_faciale_centimes, validite_mois, tolerance_jours,
  identite, fse, publics, territoire, lieux_admis, prescripteur_ids) on convention to as_prescripteur;
grant select on account, activation, bordereau, bordereau_convention, carnet, commande, commande_etape, compte_bancaire, convention, encaissement,
  labellisation, lot, lot_cle, mouvement, redemption, remise, transfer to as_operateur;
grant select on account, atelier, bordereau, bordereau_convention, essai_code, inscription, labellisation, redemption, transfer to as_structure;
-- one's own account is masked, even to oneself
grant select (organisation_id, id, iban_masque, bic, titulaire, statut, accepte_at, created_at) on compte_bancaire to as_structure;
grant select on commande, convention, convention_financeur, convention_lieu, labellisation to as_anct;
grant select on convention, convention_financeur to as_financeur;

------------------------------------------------------------------------------------------------------------------------
-- Grants: writing
------------------------------------------------------------------------------------------------------------------------
grant insert on convention, convention_financeur, convention_lieu, commande, commande_etape, attribution, mouvement to as_collectivite;
grant update (statut, date_signature, prescripteur_ids, financeur_ids) on convention to as_collectivite, as_anct;
grant update (signataire, date_signature) on convention_financeur to as_collectivite, as_anct;
grant update (statut, signataire, maquette_commentaire, numero_mandat, numero_engagement, code_service, recus) on commande to as_collectivite;
grant update (statut, statut_avant_blocage, motif_blocage, prescripteur_id, destination_id, livre_at, attribue_at, activation_id) on carnet to as_collectivite;
grant update (statut, accusee_at) on attribution to as_collectivite, as_prescripteur;

grant insert on beneficiaire, prescription, mouvement to as_prescripteur;
grant update (statut_emploi, commune, contact) on beneficiaire to as_prescripteur;
grant update (annulee_at) on prescription to as_prescripteur;
grant update (statut, statut_avant_blocage, motif_blocage, prescripteur_id, destination_id, attribue_at, remis_at, beneficiaire_id) on carnet to as_prescripteur;

grant insert on commande_etape, encaissement, lot, lot_cle, activation, transfer, account, mouvement, bordereau, bordereau_convention, remise, lieu, lieu_service,
  labellisation to as_operateur;
grant update (statut, montant_centimes, frais_centimes, tva_centimes, maquette_texte, maquette_commentaire, colis) on commande to as_operateur;
grant update (statut, statut_avant_blocage, motif_blocage, activation_id) on carnet to as_operateur;
grant update (imprime_at) on lot to as_operateur;
grant update (statut, bordereau_id) on redemption to as_operateur;
grant update (statut, controle_par, controle_at, approuve_par, approuve_at, transmis_par, transmis_at, remise_id, paye_at, date_banque) on bordereau to as_operateur;
grant update (transfer_id) on bordereau_convention to as_operateur;
grant update (statut, accepte_at) on compte_bancaire to as_operateur;
grant update on lieu, lieu_service, labellisation to as_operateur;
grant insert, update on lieu, lieu_service to as_anct;

grant insert on atelier, inscription, lieu_service to as_structure;
grant update (statut, sans_pass, motif_annulation) on atelier to as_structure;
grant update (statut) on inscription to as_structure;

grant execute on function account_of to as_operateur;
grant execute on function next_number to as_operateur, as_collectivite;
grant execute on function produce_carnets to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- Owners of the definer functions, with the columns they need and nothing else
------------------------------------------------------------------------------------------------------------------------
grant create on schema public to fn_carnet, fn_redeem;
alter function next_number owner to fn_carnet;
alter function produce_carnets owner to fn_carnet;
alter function transfer_balances owner to fn_redeem;
revoke create on schema public from fn_carnet, fn_redeem;

grant select, insert, update on compteur to fn_carnet;
create policy fn_carnet on compteur to fn_carnet using (true) with check (true);
grant select, update on lot to fn_carnet;
create policy fn_carnet on lot to fn_carnet using (true) with check (true);
grant select, insert on carnet, pass to fn_carnet;
create policy fn_carnet on carnet to fn_carnet using (true) with check (true);
create policy fn_carnet on pass to fn_carnet using (true) with check (true);
