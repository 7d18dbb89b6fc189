package dev.mapwright.asl.definition;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.parse.Parser;

import org.junit.jupiter.api.Test;

class StateMachineTest {
    @Test
    void passesAndChoicesOnlyCompute() {
        assertTrue(onlyComputes("""
                {"StartAt": "P", "States": {
                  "P": {"Type": "Pass", "Next": "C"},
                  "C": {"Type": "Choice", "Default": "F", "Choices": [
                    {"Variable": "$", "IsNull": true, "Next": "S"}]},
                  "F": {"Type": "Fail"},
                  "S": {"Type": "Succeed"}}}"""));
    }

    @Test
    void whatLeadsBackDoesMore() {
        assertFalse(onlyComputes("""
                {"StartAt": "C", "States": {
                  "C": {"Type": "Choice", "Default": "S", "Choices": [
                    {"Variable": "$", "IsNull": true, "Next": "P"}]},
                  "P": {"Type": "Pass", "Next": "C"},
                  "S": {"Type": "Succeed"}}}"""));
    }

    @Test
    void whatLeadsToItselfDoesMore() {
        assertFalse(onlyComputes("""
                {"StartAt": "C", "States": {
                  "C": {"Type": "Choice", "Default": "S", "Choices": [
                    {"Variable": "$", "IsNull": true, "Next": "C"}]},
                  "S": {"Type": "Succeed"}}}"""));
    }

    @Test
    void whatWaitsOrWorksDoesMore() {
        assertFalse(onlyComputes("""
                {"StartAt": "P", "States": {
                  "P": {"Type": "Pass", "Next": "W"},
                  "W": {"Type": "Wait", "Seconds": 1, "End": true}}}"""));
        assertFalse(onlyComputes("""
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}"""));
        assertFalse(onlyComputes("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "ItemProcessor": {
                  "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}"""));
    }

    private static boolean onlyComputes(String definition) {
        return Parser.parse(definition, false).machine().orElseThrow().onlyComputes();
    }
}
